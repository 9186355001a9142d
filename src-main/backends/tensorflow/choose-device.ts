import { fail, type Problem } from '../../../src-shared/problem';
import { type Device, devices } from '../../../src-shared/window-data';
import { findGpu, type GpuPlace } from '../gpu/find-gpu';
import { gpuProblem } from '../gpu/gpu-problem';
import { type LibraryBuild, type LibraryFiles, locateLibraries } from './locate-library';

export interface DeviceChoice {
  /** The build of TensorFlow's library to load first. */
  readonly build: LibraryBuild;
  /** Models of the cards, where the build is the CUDA one. */
  readonly cards: readonly string[];
  /** Why it is not the card, where a person wants one or has one. */
  readonly obstacle?: Problem;
}

/** What the caller was told; where that is `auto`, `MODELYARD_DEVICE`. Throws `device-unknown`. */
export function readDevice(env: NodeJS.ProcessEnv, told: Device = 'auto'): Device {
  const name = told === 'auto' ? env.MODELYARD_DEVICE || told : told;
  return devices.find((device) => device === name) ?? fail('device-unknown', { name, names: devices.join(', ') });
}

/**
 * Looks at files alone. With `auto` a machine without a card is nothing to speak of, and a card that only lacks the
 * CUDA build is a hint.
 */
export function chooseDevice(device: Device, place: GpuPlace & { readonly platform?: string } = {}): DeviceChoice {
  if (device === 'cpu') return { build: 'cpu', cards: [] };
  const facts = findGpu(place);
  const folder = cudaHome(place.env);
  const found = gpuProblem(facts, { ...place, ...(folder === undefined ? {} : { folder }) });
  if (!found) return { build: 'gpu', cards: facts.cards };
  if (device === 'gpu') return { build: 'cpu', cards: [], obstacle: { ...found, severity: 'warning' } };
  if (facts.cards.length === 0 || found.code === 'gpu-not-on-this-system') return { build: 'cpu', cards: [] };
  const severity = found.code === 'gpu-build-missing' ? 'info' : 'warning';
  return { build: 'cpu', cards: [], obstacle: { ...found, severity } };
}

/** The folder of the CUDA build, where there is one. */
export function cudaHome(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return locateLibraries(env).find(isCandidate)?.home;
}

/** A library that a person named is not second-guessed: CUDA's libraries may be the system's own. */
function isCandidate({ build, from }: LibraryFiles): boolean {
  return build === 'gpu' || from === 'MODELYARD_LIBTENSORFLOW';
}
