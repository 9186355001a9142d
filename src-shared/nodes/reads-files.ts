import type { NodeDefinition } from './define-node';

/** Whether a node has something to be read before types are known: what it probes, or a file among its params. */
export function readsFiles({ probe, params }: NodeDefinition): boolean {
  return probe !== undefined || Object.values(params).some(({ type }) => type === 'file');
}
