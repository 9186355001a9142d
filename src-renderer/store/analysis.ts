import { create } from 'zustand';
import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import { readsFiles } from '../../src-shared/nodes/reads-files';
import { lookupOp } from '../../src-shared/ops/catalog';
import { type Inference, inferTypes } from '../../src-shared/plan/infer';
import type { Problem } from '../../src-shared/problem';
import { lookupStep } from '../../src-shared/recipe/catalog';
import type { SourceFacts } from '../../src-shared/types/source-facts';
import type { DocumentId, PlannedStep } from '../../src-shared/window-data';

type Facts = Readonly<Record<NodeId, SourceFacts>>;

/** What is known of an open document without running it. */
export interface Analysis {
  /** The document that this was said of. */
  readonly document: YardDocument;
  readonly inference: Inference;
  readonly facts: Facts;
  /** Of the data: a file that is missing, a row that cannot be read. */
  readonly dataProblems: readonly Problem[];
  /** Files are still being read. */
  readonly isReading: boolean;
  readonly plan?: {
    readonly document: YardDocument;
    readonly steps: readonly PlannedStep[];
    readonly problems: readonly Problem[];
  };
}

export const useAnalysis = create<Readonly<Record<DocumentId, Analysis>>>(() => ({}));

/** Types on all wires with the facts that are known now. */
export function analyse(id: DocumentId, document: YardDocument): void {
  const before = useAnalysis.getState()[id];
  const facts = before?.facts ?? {};
  const inference = infer(document, facts);
  update(id, { isReading: hasSources(document), dataProblems: [], ...before, document, facts, inference });
}

/** The look engine has answered. */
export function setFacts(
  id: DocumentId,
  found: { readonly facts: Facts; readonly problems: readonly Problem[]; readonly isExact: boolean },
): void {
  const before = useAnalysis.getState()[id];
  if (!before) return;
  const { facts, problems, isExact } = found;
  const inference = infer(before.document, facts);
  update(id, {
    ...before,
    facts,
    dataProblems: problems,
    isReading: !isExact && hasSources(before.document),
    inference,
  });
}

export function setPlan(id: DocumentId, plan: NonNullable<Analysis['plan']>): void {
  const before = useAnalysis.getState()[id];
  if (before) update(id, { ...before, plan });
}

export function forgetAnalysis(id: DocumentId): void {
  useAnalysis.setState((state) => Object.fromEntries(Object.entries(state).filter(([key]) => key !== id)), true);
}

/** Everything that is wrong with a document, without running it. */
export function problemsOf(analysis: Analysis | undefined): readonly Problem[] {
  return analysis ? [...analysis.inference.problems, ...analysis.dataProblems] : [];
}

/** Whether there is a file to be read at all. */
function hasSources({ nodes: all }: YardDocument): boolean {
  return Object.values(all).some(({ kind }) => {
    const definition = lookupNode(kind);
    return definition !== undefined && readsFiles(definition);
  });
}

function infer(document: YardDocument, facts: Facts): Inference {
  return inferTypes(document, { lookup: lookupNode, nodes, lookupStep, ops: lookupOp, facts });
}

function update(id: DocumentId, analysis: Analysis): void {
  useAnalysis.setState({ [id]: analysis });
}
