import { defaultStoreRoot } from '../engine/store/store-folder';
import type { Diagnosis } from './doctor/diagnosis';
import { diagnoseDisk, diagnoseMemory, diagnoseProcessor } from './doctor/machine';
import { diagnoseLibtensorflow, diagnoseNode, diagnosePortable, diagnoseTfjsNode } from './doctor/runtimes';
import { diagnoseElectron, diagnoseGpu, diagnosePython } from './doctor/tools';

/**
 * What this machine offers to Modelyard, what is missing and the one command that mends it. It loads the TensorFlow
 * library into the calling process, so a host with a window asks an engine process to do it.
 */
export async function diagnose(env: NodeJS.ProcessEnv = process.env): Promise<Diagnosis[]> {
  return Promise.all([
    diagnoseNode(process.versions.node),
    diagnoseLibtensorflow(env),
    diagnoseTfjsNode(),
    diagnosePortable(),
    diagnoseProcessor(),
    diagnoseMemory(),
    diagnoseGpu(),
    diagnoseDisk(defaultStoreRoot(env)),
    diagnosePython(),
    diagnoseElectron(),
  ]);
}
