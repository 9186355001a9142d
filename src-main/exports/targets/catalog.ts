import { fail } from '../../../src-shared/problem';
import type { Target } from './define-target';
import { folder } from './folder';
import { lepton } from './lepton';
import { s3 } from './s3';

/** Every target, one line each. */
export const targets: readonly Target[] = [folder, s3, lepton];

/** @throws ProblemError `target-unknown` */
export function lookupTarget(name: string): Target {
  const found = targets.find((target) => target.name === name);
  return found ?? fail('target-unknown', { target: name, known: targets.map((target) => target.name).join(', ') });
}
