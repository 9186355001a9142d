import type { WriteStream } from 'node:tty';
import { cutToWidth } from './table-text';

/** Where lines go. On a terminal the last line can be a status that is drawn over; elsewhere there is none. */
export interface Terminal {
  line(text: string): void;
  status(text: string): void;
  clearStatus(): void;
  readonly isLive: boolean;
  readonly hasColour: boolean;
}

type Output = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** Draws on a stream. Whoever reads it may leave (`| head`): the work goes on, unseen. */
export function openTerminal(stream: Output, env: NodeJS.ProcessEnv): Terminal {
  const isLive = stream.isTTY === true && env.TERM !== 'dumb';
  let hasStatus = false;
  const clearStatus = () => {
    if (hasStatus) stream.write('\r\u001b[2K');
    hasStatus = false;
  };
  return {
    isLive,
    hasColour: isLive && !env.NO_COLOR,
    clearStatus,
    line(text) {
      clearStatus();
      stream.write(`${text}\n`);
    },
    status(text) {
      if (!isLive) return;
      stream.write(`\r\u001b[2K${cutToWidth(text, (stream.columns || 80) - 1)}`);
      hasStatus = true;
    },
  };
}

/** A reader that leaves closes the pipe; writing on must not end the process with a trace. */
export function ignoreClosedPipes(streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** A bar of so many cells. */
export function drawBar(share: number, cells = 20): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)}`;
}
