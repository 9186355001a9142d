import koffi, { type LibraryHandle } from 'koffi';

/** The C library of the process; everything that is loaded finds its functions there. */
export function loadLibc(): LibraryHandle {
  return koffi.load(process.platform === 'win32' ? 'msvcrt.dll' : null);
}

/**
 * Runs `body`, which loads libtensorflow, with the error stream closed: the library prints a note on oneDNN while it is
 * loaded that no setting silences. `TF_CPP_MIN_LOG_LEVEL=0` lets everything through.
 */
export function withoutNotes<T>(body: () => T): T {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (process.platform === 'win32' || process.env.TF_CPP_MIN_LOG_LEVEL === '0') return body();
  const libc = loadLibc();
  const dup = libc.func('int dup(int file)');
  const dup2 = libc.func('int dup2(int file, int as)');
  const open = libc.func('int open(const char *path, int flags)');
  const close = libc.func('int close(int file)');
  const stderr = dup(2);
  const nowhere = open('/dev/null', 1);
  dup2(nowhere, 2);
  try {
    return body();
  } finally {
    dup2(stderr, 2);
    close(stderr);
    close(nowhere);
  }
}
