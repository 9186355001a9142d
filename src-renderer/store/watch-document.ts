import type { YardDocument } from '../../src-shared/document/document';
import { stableStringify } from '../../src-shared/hash';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { readsFiles } from '../../src-shared/nodes/reads-files';
import { isProblem, type Problem, ProblemError, problem } from '../../src-shared/problem';
import { ask } from '../bridge/bridge';
import { analyse, forgetAnalysis, setFacts, setPlan } from './analysis';
import type { Tab } from './workspace';

/** Waits after the last edit, in milliseconds. */
const probeAfter = 200;
const planAfter = 500;
/** From here on, types follow an edit a moment later, so that typing stays fluent. */
const largeDocument = 400;

/** Keeps types, facts and plan of an open document up to date; returns what stops it. */
export function watchDocument({ id, editor }: Tab): () => void {
  const latest = { sources: '' };
  const timers: Partial<Record<'analyse' | 'probe' | 'plan', ReturnType<typeof setTimeout>>> = {};
  const later = (name: keyof typeof timers, work: () => void, delay: number) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(work, delay);
  };
  const look = (document: YardDocument) => {
    if (Object.keys(document.nodes).length < largeDocument) analyse(id, document);
    else later('analyse', () => analyse(id, editor.document), probeAfter);
    later('plan', () => void plan(id, editor.document), planAfter);
    const sources = sourcesOf(document);
    if (sources === latest.sources) return;
    latest.sources = sources;
    later('probe', () => void probe(id, editor.document, () => latest.sources === sources), probeAfter);
  };
  look(editor.document);
  const stop = editor.store.subscribe(({ document }, before) => {
    if (document !== before.document) look(document);
  });
  return () => {
    stop();
    for (const timer of Object.values(timers)) clearTimeout(timer);
    forgetAnalysis(id);
  };
}

/** What facts depend on: nodes that read something, with their params. */
function sourcesOf(document: YardDocument): string {
  const sources = Object.entries(document.nodes).filter(([, { kind }]) => {
    const definition = lookupNode(kind);
    return definition && readsFiles(definition);
  });
  return stableStringify(sources.map(([id, { kind, params, muted, bypassed }]) => [id, kind, params, muted, bypassed]));
}

async function probe(id: string, document: YardDocument, isCurrent: () => boolean): Promise<void> {
  for (const quick of [true, false]) {
    const found = await ask('document:probe', { id, document, quick }).catch(problemOf);
    if (!isCurrent()) return;
    if (isProblem(found)) setFacts(id, { facts: {}, problems: [found], isExact: true });
    else setFacts(id, { ...found, isExact: !quick });
  }
  await plan(id, document);
}

/** Asks what would run and why. */
export async function plan(id: string, document: YardDocument): Promise<void> {
  const found = await ask('document:plan', { id, document }).catch(problemOf);
  if (!isProblem(found)) setPlan(id, { document, ...found });
}

function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem('host-failed', { message: String(error) });
}
