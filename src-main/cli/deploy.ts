import { fail } from '../../src-shared/problem';
import { openDocument } from './open-document';
import type { RunOptions } from './run-command';
import { exitCodes, inSession } from './session';

export type DeployOptions = RunOptions & { readonly target: string; readonly config?: readonly string[] };

/** `deploy FILE --target TARGET`: exports, then sends the bundle. */
export function deployCommand(file: string, options: DeployOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(session, file, options);
    if (!ask) return exitCodes.wrongInput;
    return fail('target-unknown', { target: options.target });
  });
}
