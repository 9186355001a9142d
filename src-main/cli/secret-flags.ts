import { lookupNode } from '../../src-shared/nodes/catalog';
import { problem } from '../../src-shared/problem';
import { newUseProblem, type SecretUse, unaskedUses } from '../../src-shared/secret-use';
import type { DocumentRequest } from '../engine/messages';
import { environmentOf } from '../exports/targets/check-config';
import { usesIn } from '../exports/targets/document-uses';
import { realFs } from '../files/fs-port';
import { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { defaultDataFolder } from '../window-host/data-folder';
import { asInput, WrongInput } from './wrong-input';

/**
 * What this run may use secrets of the environment for: what was agreed to in the window, and what stands on the
 * command line. Every command of a shell finds the variables that are set there, so that a document that names one
 * does not have it by that alone.
 * @throws WrongInput where the document would send one elsewhere
 */
export async function allowedUses(ask: DocumentRequest, flags: readonly string[]): Promise<readonly SecretUse[]> {
  const malformed = flags.filter((flag) => !/^[^@]+@[^@]+$/.test(flag));
  if (malformed.length > 0)
    throw new WrongInput(malformed.map((value) => problem('secret-allow-malformed', { value })));
  const wanted = usesIn(ask, lookupNode, environmentOf(process.env));
  if (wanted.length === 0) return [];
  const typed = wanted.filter(({ secret, host }) => flags.includes(`${secret}@${host}`));
  const agreed = await asInput(() => new AllowedSecretUses(realFs, defaultDataFolder(process.env)).list());
  const found = newUseProblem(unaskedUses(wanted, [...typed, ...agreed]));
  if (found) throw new WrongInput([found]);
  return [...typed, ...agreed];
}
