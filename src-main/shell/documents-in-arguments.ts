import { resolve } from 'node:path';

/** The pipelines that a start names, absolute. Everything else on the line is Chromium's or the system's. */
export function documentsInArguments(args: readonly string[], folder: string): string[] {
  const named = args.slice(1).filter((text) => !text.startsWith('-') && /\.yard$/i.test(text));
  return named.map((path) => resolve(folder, path));
}
