import { dirname } from 'node:path';
import { defaultStoreRoot } from '../engine/store/store-folder';

/**
 * Where settings, recent files and recovery journals live unless the host is told otherwise: `MODELYARD_DATA`, or
 * `modelyard` in the user's usual place for application data. A store elsewhere moves nothing of these.
 */
export function defaultDataFolder({ MODELYARD_STORE: _, ...env }: NodeJS.ProcessEnv): string {
  return env.MODELYARD_DATA || dirname(defaultStoreRoot(env));
}
