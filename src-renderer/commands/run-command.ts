import { orTell } from '../app/tell';
import { findCommand } from './command-list';

export function isEnabled(id: string): boolean {
  const command = findCommand(id);
  return command !== undefined && (command.isEnabled?.() ?? true);
}

/** Does what a command does, unless it cannot be done now; a failure is told. */
export function runCommand(id: string): void {
  const command = findCommand(id);
  if (command && isEnabled(id)) void orTell(Promise.resolve(command.run()));
}
