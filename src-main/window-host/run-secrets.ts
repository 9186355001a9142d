import type { YardDocument } from '../../src-shared/document/document';
import { secretNames } from '../../src-shared/document/secret-names';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { RunRequest } from '../engine/messages';
import type { Vault } from '../ipc/native';
import { keptSecrets } from './vault-environment';

/**
 * What the vault keeps of the secrets that a document's nodes name, to hand over with the request to run it. What it
 * does not keep the engine looks for in its own environment.
 */
export async function runSecrets(vault: Vault, document: YardDocument): Promise<Pick<RunRequest, 'secrets'>> {
  const kept = await keptSecrets(vault, secretNames(document, lookupNode));
  return kept.size === 0 ? {} : { secrets: Object.fromEntries(kept) };
}
