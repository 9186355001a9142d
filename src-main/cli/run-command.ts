import type { RunEvent } from '../../src-shared/runs/run-event';
import type { RunRequest } from '../engine/messages';
import type { RunHandle } from '../runs/run-service';
import { type DocumentOptions, openDocument } from './open-document';
import { RunView } from './run-view';
import { allowedUses } from './secret-flags';
import { type CommonOptions, type ExitCode, exitCodes, inSession, type Session } from './session';

export type RunOptions = CommonOptions & DocumentOptions & { readonly allowSecret?: readonly string[] };

/** `run FILE`. */
export function runCommand(file: string, options: RunOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(file, options);
    const allowed = await allowedUses(ask, options.allowSecret ?? []);
    return runToEnd(session, { ...ask, allowed });
  });
}

/** Runs and shows it; Ctrl+C once stops politely, twice at once. */
export async function runToEnd(session: Session, ask: RunRequest): Promise<ExitCode> {
  const view = new RunView(session.terminal, session.say, session.language);
  const show = (events: readonly RunEvent[]) => {
    for (const event of events) {
      if (session.isJson) session.writeJson(event);
      else view.show(event);
    }
  };
  const handle = session.runs.start(ask, show, { everyEvent: session.isJson });
  const stopListening = onInterrupt(session, handle);
  try {
    const outcome = await handle.outcome;
    if (outcome.state !== 'refused') return exitCodes[outcome.state];
    session.report(outcome.problems);
    return exitCodes.wrongInput;
  } finally {
    stopListening();
  }
}

function onInterrupt(session: Session, handle: RunHandle): () => void {
  let asked = false;
  const interrupt = () => {
    if (asked) {
      handle.kill();
      return;
    }
    asked = true;
    session.terminal.line(session.say('stopping'));
    handle.cancel();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return () => {
    for (const signal of signals) process.off(signal, interrupt);
  };
}
