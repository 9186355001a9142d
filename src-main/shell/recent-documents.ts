import { app } from 'electron';
import type { RequestName } from '../../src-shared/ipc';
import type { HostAnswer } from '../../src-shared/shell-link';

const aboutFiles: readonly RequestName[] = ['document:open', 'document:save'];

/** Tells the system which pipelines were used, for its own lists (dock, jump list, start menu). */
export function noteRecentDocument(name: RequestName, answer: HostAnswer): void {
  if (!answer.ok || !aboutFiles.includes(name)) return;
  const { value } = answer;
  if (typeof value !== 'object' || value === null || !('path' in value)) return;
  if (typeof value.path === 'string') app.addRecentDocument(value.path);
}
