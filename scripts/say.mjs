/** One short line for the person who started us; everything these scripts say goes through here, to stderr. */
export function say(/** @type {string} */ line) {
  clearProgress();
  process.stderr.write(`${line}\n`);
}

let progressShown = false;
let lastPlain = 0;

/**
 * Shows how far a long step is: one line that is drawn over on a terminal, a line every ten seconds elsewhere.
 * @param {string} line
 */
export function showProgress(line) {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[K${line}`);
    progressShown = true;
  } else if (Date.now() - lastPlain > 10_000) {
    lastPlain = Date.now();
    process.stderr.write(`${line}\n`);
  }
}

export function clearProgress() {
  if (progressShown) process.stderr.write('\r\u001b[K');
  progressShown = false;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
}

/** A failure that a person can mend: its message is the whole of what is shown. */
export class SetupError extends Error {}
