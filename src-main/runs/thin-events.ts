import { mergeEvents } from '../../src-shared/runs/merge-events';
import type { RunEvent } from '../../src-shared/runs/run-event';

/** Losses that are kept of a run, about: 2.5 MB of JSON. */
const maxLosses = 300_000;
/** Characters of JSON that lines of the log may have. */
const maxLogs = 1_000_000;

/**
 * The events of a whole run, small enough to travel: progress as one message between other events, losses with five
 * digits, and the newest lines of the log. Of more than `maxLosses` training steps every n-th loss stays.
 */
export function thinEvents(events: readonly RunEvent[]): RunEvent[] {
  const merged = dropLogs(mergeEvents(events.filter(({ type }) => type !== 'progress')));
  const losses = merged.reduce((sum, event) => sum + (event.type === 'training-progress' ? event.loss.length : 0), 0);
  const stride = Math.max(1, Math.ceil(losses / maxLosses));
  return merged.map((event) =>
    event.type === 'training-progress' ? { ...event, loss: pick(event.loss, stride) } : event,
  );
}

/** Every n-th loss; one that is no number (JSON has null for it) is never passed over. */
function pick(losses: readonly (number | null)[], stride: number): number[] {
  return losses
    .filter((loss, i) => i % stride === 0 || loss === null || !Number.isFinite(loss))
    .map((loss) => (loss === null ? Number.NaN : Number(loss.toPrecision(5))));
}

function dropLogs(events: readonly RunEvent[]): RunEvent[] {
  let room = maxLogs;
  const kept = events.toReversed().filter((event) => {
    if (event.type !== 'log') return true;
    room -= event.message.length;
    return room >= 0;
  });
  return kept.reverse();
}
