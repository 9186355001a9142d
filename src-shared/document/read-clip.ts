import type { NodeLookup } from '../nodes/catalog';
import { type Problem, problem } from '../problem';
import { type Clip, clipSchema, clipVersion } from './clip';
import { readJson } from './read-json';
import { upgradeNode } from './upgrade-node';

/** Caps on what is pasted: text from anywhere. */
export const clipLimits = { characters: 8 * 1024 * 1024, nodes: 2000 } as const;

/** Reads text of the clipboard. Anything may stand there: what is not a clip is refused, and nothing happens. */
export function readClip(text: string, lookup: NodeLookup): Clip | Problem {
  if (text.length > clipLimits.characters) {
    return problem('clip-too-large', { megabytes: Math.ceil(text.length / 2 ** 20), nodes: clipLimits.nodes });
  }
  const read = readJson(text);
  if ('problem' in read) return problem('clip-foreign');
  const { data } = read;
  if (typeof data !== 'object' || data === null || !('modelyard' in data) || data.modelyard !== 'clip') {
    return problem('clip-foreign');
  }
  if ('version' in data && typeof data.version === 'number' && data.version > clipVersion) {
    return problem('clip-newer');
  }
  const shape = clipSchema.safeParse(data);
  if (!shape.success)
    return problem('clip-damaged', { place: shape.error.issues[0]?.path.map(String).join(' › ') || '—' });
  // The schema is the interface; zod only adds `| undefined` to keys that may be absent.
  const clip = shape.data as unknown as Clip;
  if (clip.nodes.length > clipLimits.nodes) {
    return problem('clip-too-large', { megabytes: Math.ceil(text.length / 2 ** 20), nodes: clipLimits.nodes });
  }
  return { ...clip, nodes: clip.nodes.map((node) => ({ ...upgradeNode(node, lookup(node.kind)), id: node.id })) };
}
