import { defaultStoreRoot } from '../engine/store/store-folder';
import type { Diagnosis } from './doctor/diagnosis';
import { diagnoseDevice, diagnoseGpu } from './doctor/gpu';
import { diagnoseDisk, diagnoseMemory, diagnoseProcessor } from './doctor/machine';
import { diagnoseLibtensorflow, diagnoseNode, diagnosePortable, diagnoseTfjsNode } from './doctor/runtimes';
import { diagnoseElectron, diagnosePython } from './doctor/tools';

/**
 * What this machine offers to Modelyard, what is missing and the one command that mends it. It loads the TensorFlow
 * library into the calling process, so a host with a window asks an engine process to do it.
 */
export async function diagnose(env: NodeJS.ProcessEnv = process.env): Promise<Diagnosis[]> {
  const [first, gpu, last] = await Promise.all([
    Promise.all(runtimesAndMachine(env)),
    diagnoseGpu({ env }),
    Promise.all([diagnoseDisk(defaultStoreRoot(env)), diagnosePython(), diagnoseElectron()]),
  ]);
  return [...first, ...gpu, ...diagnoseDevice(env), ...last];
}

function runtimesAndMachine(env: NodeJS.ProcessEnv): (Diagnosis | Promise<Diagnosis>)[] {
  return [
    diagnoseNode(process.versions.node),
    diagnoseLibtensorflow(env),
    diagnoseTfjsNode(),
    diagnosePortable(),
    diagnoseProcessor(),
    diagnoseMemory(),
  ];
}
