import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, problem } from '../../../src-shared/problem';
import { setupCommand } from '../doctor/setup-command';
import { findLibrary, type GpuFacts, type GpuPlace } from './find-gpu';

/** The oldest driver that runs CUDA 12. */
const oldestDriver = 525;

/** What TensorFlow's CUDA build opens when it looks for a card (tsl/platform, dso_loader). */
const cudaLibraries = [
  'libcudart.so.12',
  'libcublas.so.12',
  'libcublasLt.so.12',
  'libcudnn.so.9',
  'libcufft.so.11',
  'libcusolver.so.11',
  'libcusparse.so.12',
];

const gpuScript = 'install-libtensorflow-gpu.mjs';

export interface GpuBuild extends GpuPlace {
  /** The folder of the CUDA build, which holds `tensorflow` and `nvidia`; absent where there is none. */
  readonly folder?: string;
  readonly platform?: string;
}

/**
 * Why TensorFlow cannot compute on a card here, and the one command that mends it; undefined where it can. In the
 * order in which things must be mended: card, driver, its library, CUDA build, CUDA's own libraries.
 */
export function gpuProblem(facts: GpuFacts, build: GpuBuild): Problem | undefined {
  const { platform = `${process.platform}-${process.arch}` } = build;
  if (platform !== 'linux-x64') return problem('gpu-not-on-this-system', { system: platform });
  return driverProblem(facts) ?? buildProblem(facts, build);
}

/** Of the card, its driver and the driver's library. */
export function driverProblem(facts: GpuFacts): Problem | undefined {
  const { cards, driver, hasDevice, libcuda } = facts;
  const [card] = cards;
  if (card === undefined) return problem('gpu-none');
  if (driver === undefined && !hasDevice) return problem('gpu-no-driver', { card }, fixBy(driverCommand(facts)));
  if (driver !== undefined && Number.parseInt(driver, 10) < oldestDriver) {
    return problem('gpu-driver-old', { driver, oldest: oldestDriver }, fixBy(driverCommand(facts)));
  }
  if (libcuda === undefined) return problem('gpu-no-libcuda', { card }, fixBy(libraryCommand(facts)));
  if (hasDevice) return undefined;
  return problem('gpu-no-device', { card }, fixBy(facts.isContainer ? container : 'sudo nvidia-modprobe -u -c=0'));
}

/** Of the CUDA build and CUDA's own libraries. */
export function buildProblem({ cards }: GpuFacts, build: GpuBuild): Problem | undefined {
  const command = setupCommand(gpuScript) ?? `node scripts/${gpuScript}`;
  if (build.folder === undefined) return problem('gpu-build-missing', { card: cards[0] ?? '' }, fixBy(command));
  const folders = libraryFolders(build.folder);
  const missing = cudaLibraries.filter((name) => findLibrary(name, { ...build, folders }) === undefined);
  return missing.length > 0 ? problem('gpu-cuda-missing', { names: missing.join(', ') }, fixBy(command)) : undefined;
}

/** Those of CUDA's libraries that came with a build, by their paths. */
export function cudaLibrariesIn(folder: string): string[] {
  const paths = libraryFolders(folder).flatMap((name) => cudaLibraries.map((library) => join(name, library)));
  return paths.filter((path) => existsSync(path));
}

/** `nvidia/cublas/lib` and its like, as the wheels lay them out. */
function libraryFolders(folder: string): string[] {
  try {
    return readdirSync(join(folder, 'nvidia')).map((name) => join(folder, 'nvidia', name, 'lib'));
  } catch {
    // The libraries may be the system's own.
    return [];
  }
}

const container = 'docker run --gpus all …';

const driverCommands: Readonly<Record<string, string>> = {
  ubuntu: 'sudo ubuntu-drivers install',
  debian: 'sudo apt install nvidia-driver',
  fedora: 'sudo dnf install akmod-nvidia',
  arch: 'sudo pacman -S nvidia',
};

function driverCommand({ system, isContainer }: GpuFacts): string {
  return isContainer ? container : (driverCommands[system] ?? 'https://www.nvidia.com/drivers');
}

/** Debian and Ubuntu pack the library apart from the driver. */
function libraryCommand(facts: GpuFacts): string {
  if (facts.isContainer) return container;
  if (facts.system === 'debian') return 'sudo apt install libcuda1';
  if (facts.system !== 'ubuntu' || facts.driver === undefined) return driverCommand(facts);
  return `sudo apt install libnvidia-compute-${Number.parseInt(facts.driver, 10)}`;
}

function fixBy(command: string): Pick<Problem, 'fix'> {
  return { fix: { code: 'run-command', command } };
}
