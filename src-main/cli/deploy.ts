import { problem } from '../../src-shared/problem';
import { openDocument } from './open-document';
import type { RunOptions } from './run-command';
import { inSession } from './session';
import { WrongInput } from './wrong-input';

export type DeployOptions = RunOptions & { readonly target: string; readonly config?: readonly string[] };

/** `deploy FILE --target TARGET`: exports, then sends the bundle. */
export function deployCommand(file: string, options: DeployOptions): Promise<void> {
  return inSession(options, async (_session) => {
    await openDocument(file, options);
    throw new WrongInput([problem('target-unknown', { target: options.target })]);
  });
}
