import { join } from 'node:path';
import type { NodeId } from '../../../src-shared/document/document';
import type { KeyParts } from '../../../src-shared/plan/keys';
import type { PreviousStep } from '../../../src-shared/plan/reasons';
import type { RunEvent } from '../../../src-shared/runs/run-event';
import { writeNewFile } from '../../files/atomic-write';
import { type FsPort, isDiskError } from '../../files/fs-port';
import { listRuns, readJournal } from './read-journal';
import { newRunId } from './run-id';

/** The folder, inside a run's own, of what its training steps go on from. */
export const checkpointsName = 'checkpoints';

/** What a run knows of a step before it begins. */
interface StepRecord {
  readonly name: string;
  readonly key: string;
  readonly parts: KeyParts;
  /** From an earlier run, for a step that is not run now. */
  readonly seconds?: number;
}

interface RunRecord {
  /** Where the document lay: runs of one document are found by it. */
  readonly source: string;
  readonly steps: Readonly<Record<NodeId, StepRecord>>;
}

/** A step's record to be written, with its parts as JSON: they were written to be hashed. */
export interface StepToRecord extends Omit<StepRecord, 'parts'> {
  readonly node: NodeId;
  readonly parts: string;
}

interface RunToRecord {
  /** The text of the document as it runs. */
  readonly document: string;
  readonly source: string;
  readonly steps: readonly StepToRecord[];
}

/** Makes `runs/r-…` with the document and what is known of its steps. */
export async function createRunFolder(
  fs: FsPort,
  runsFolder: string,
  run: RunToRecord,
): Promise<{ readonly id: string; readonly folder: string }> {
  const id = newRunId(new Date());
  const folder = join(runsFolder, id);
  await fs.makeFolder(folder);
  const record = `{"source":${JSON.stringify(run.source)},"steps":{${run.steps.map(printStep).join(',')}}}`;
  // The disk flushes both at the same time.
  await Promise.all([
    writeNewFile(fs, join(folder, 'document.yard'), Buffer.from(run.document)),
    writeNewFile(fs, join(folder, 'steps.json'), Buffer.from(record)),
    fs.syncFolder(runsFolder),
  ]);
  return { id, folder };
}

function printStep({ node, name, key, parts, seconds }: StepToRecord): string {
  const rest = seconds === undefined ? '' : `,"seconds":${seconds}`;
  return `${JSON.stringify(node)}:{"name":${JSON.stringify(name)},"key":"${key}","parts":${parts}${rest}}`;
}

/** How many runs are looked through for one of the same document. */
const searched = 50;

/** What the last run of a document knew of its steps; nothing where there was none. */
export async function previousSteps(
  fs: FsPort,
  runsFolder: string,
  source: string,
): Promise<Readonly<Record<NodeId, PreviousStep>>> {
  for (const id of (await listRuns(fs, runsFolder)).slice(0, searched)) {
    const record = await readRunRecord(fs, join(runsFolder, id));
    if (record?.source !== source) continue;
    // The type is what an event says first.
    const isEnd = (line: string) => line.startsWith('{"type":"step-finished"');
    return withEvents(record, await readJournal(fs, join(runsFolder, id), isEnd));
  }
  return {};
}

/** A run by what it knew before it began. */
export interface PastRun extends RunRecord {
  readonly id: string;
}

/** The newest runs of a document, newest first. */
export async function runsOf(
  fs: FsPort,
  runsFolder: string,
  { source, limit }: { readonly source: string; readonly limit: number },
): Promise<PastRun[]> {
  const found: PastRun[] = [];
  for (const id of await listRuns(fs, runsFolder)) {
    const record = await readRunRecord(fs, join(runsFolder, id));
    if (record?.source === source) found.push({ id, ...record });
    if (found.length === limit) break;
  }
  return found;
}

function withEvents({ steps }: RunRecord, events: readonly RunEvent[]): Record<NodeId, PreviousStep> {
  const finished = new Map<string, Extract<RunEvent, { type: 'step-finished' }>>();
  for (const event of events) if (event.type === 'step-finished') finished.set(event.node, event);
  const previous: Record<NodeId, PreviousStep> = {};
  for (const [id, { name, key, parts, seconds: before }] of Object.entries(steps)) {
    const end = finished.get(name);
    const isDone = end?.state === 'done' || end?.state === 'cached';
    const seconds = end?.state === 'done' ? end.seconds : before;
    const known = { key, parts, isDone };
    previous[id] = seconds === undefined ? known : { ...known, seconds };
  }
  return previous;
}

async function readRunRecord(fs: FsPort, folder: string): Promise<RunRecord | undefined> {
  try {
    // Only `createRunFolder` writes it, and a cut file is no JSON.
    return JSON.parse(Buffer.from(await fs.read(join(folder, 'steps.json'))).toString('utf8')) as RunRecord;
  } catch (error) {
    if (isDiskError(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
