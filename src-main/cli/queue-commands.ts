import type { Command } from 'commander';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { fail } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { realFs } from '../files/fs-port';
import type { QueueEntry } from '../runs/queue/queue-state';
import { RunQueue } from '../runs/queue/run-queue';
import { type EntryEnd, workQueue } from '../runs/queue/work-queue';
import type { MessageName, Say } from './messages';
import { openDocument } from './open-document';
import type { RunOptions } from './run-command';
import { RunView } from './run-view';
import { type CommonOptions, type ExitCode, exitCodes, inSession, type Session } from './session';
import { alignTable } from './table-text';
import { asInput } from './wrong-input';

type Add = (usage: string, about: MessageName) => Command;
type WithOptions = (made: Command, say: Say) => Command;

interface OptionAdders {
  readonly withSettings: WithOptions;
  readonly withDevice: WithOptions;
}

/** `queue add | list | remove | move | clear | work`. */
export function queueCommands(add: Add, { withSettings, withDevice }: OptionAdders, say: Say): void {
  withSettings(add('add <file>', 'aboutQueueAdd'), say)
    .option('--to <node>', say('optionTo'))
    .action((file: string, options: RunOptions) => addCommand(file, options));
  add('list', 'aboutQueueList').action((options: CommonOptions) => changeCommand(options, async () => undefined));
  add('remove <run>', 'aboutQueueRemove').action((id: string, options: CommonOptions) =>
    changeCommand(options, (queue) => queue.cancel(id)),
  );
  add('move <run> <place>', 'aboutQueueMove').action((id: string, place: string, options: CommonOptions) =>
    changeCommand(options, async (queue) => queue.move(id, placeOf(place))),
  );
  add('clear', 'aboutQueueClear').action((options: CommonOptions) => changeCommand(options, (queue) => queue.clear()));
  withDevice(add('work', 'aboutQueueWork'), say).action((options: CommonOptions) =>
    inSession(options, (session) => workToEnd(session)),
  );
}

function placeOf(place: string): number {
  return /^[1-9]\d{0,5}$/.test(place) ? Number(place) - 1 : fail('queue-place-invalid', { place });
}

function addCommand(file: string, options: RunOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(file, options);
    const entry = await new RunQueue(realFs, session.store).enqueue(ask);
    if (session.isJson) session.writeJson({ entry });
    else session.terminal.line(session.say('queueAdded', { id: entry.id }));
    return exitCodes.done;
  });
}

/** Changes the queue and shows it. */
function changeCommand(options: CommonOptions, change: (queue: RunQueue) => Promise<void>): Promise<void> {
  return inSession(options, async (session) => {
    const queue = new RunQueue(realFs, session.store);
    await asInput(() => change(queue));
    const { entries, problems } = await queue.list();
    if (session.isJson) session.writeJson({ entries, problems });
    else {
      for (const line of entryLines(session, entries)) session.terminal.line(line);
      session.report(problems);
    }
    return exitCodes.done;
  });
}

const stateNames = {
  waiting: 'entryWaiting',
  running: 'entryRunning',
  done: 'entryDone',
  failed: 'entryFailed',
  cancelled: 'entryCancelled',
  released: 'entryReleased',
} as const satisfies Record<QueueEntry['state'] | EntryEnd['state'], MessageName>;

function entryLines({ say }: Session, entries: readonly QueueEntry[]): string[] {
  if (entries.length === 0) return [say('queueEmpty')];
  const head = (['queueNumber', 'tableState', 'queueName', 'queueAt'] as const).map((name) => say(name));
  const rows = entries.map(({ id, state, name, to, at }) => {
    return [id, say(stateNames[state]), to === undefined ? name : `${name} → ${to}`, at.slice(0, 19).replace('T', ' ')];
  });
  return alignTable([head, ...rows]);
}

/** Works until nothing waits. Ctrl+C once stops the run, which waits again; twice leaves at once. */
async function workToEnd(session: Session): Promise<ExitCode> {
  const ends: EntryEnd['state'][] = [];
  const stop = new AbortController();
  const stopListening = onInterrupt(session, stop);
  let view = new RunView(session.terminal, session.say, session.language);
  try {
    await workQueue({
      ...{ queue: new RunQueue(realFs, session.store), runs: session.runs, lookup: lookupNode },
      ...{ signal: stop.signal, everyEvent: session.isJson },
      onStarted: ({ id, name }) => {
        view = new RunView(session.terminal, session.say, session.language);
        if (session.isJson) session.writeJson({ type: 'queue-started', id, name });
        session.terminal.line(session.say('queueBegins', { id, name }));
      },
      onEvents: (events) => {
        for (const event of events) show(session, view, event);
      },
      onEnded: ({ id }, end) => {
        ends.push(end.state);
        if (session.isJson) session.writeJson({ type: 'queue-ended', id, ...end });
        session.report(end.problems ?? []);
        session.terminal.line(session.say('queueEnds', { id, state: session.say(stateNames[end.state]) }));
      },
    });
  } finally {
    stopListening();
  }
  if (stop.signal.aborted) return exitCodes.cancelled;
  return ends.includes('failed') ? exitCodes.failed : exitCodes.done;
}

function show(session: Session, view: RunView, event: RunEvent): void {
  if (session.isJson) session.writeJson(event);
  else view.show(event);
}

function onInterrupt(session: Session, stop: AbortController): () => void {
  const interrupt = () => {
    // What is under way then is begun again by the next who works.
    if (stop.signal.aborted) process.exit(exitCodes.cancelled);
    session.terminal.line(session.say('stopping'));
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return () => {
    for (const signal of signals) process.off(signal, interrupt);
  };
}
