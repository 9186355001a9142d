import { lookupOp } from '../../../src-shared/ops/catalog';
import { type Problem, ProblemError } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { findGpu, type GpuFacts, type GpuPlace } from '../gpu/find-gpu';
import { buildProblem, driverProblem } from '../gpu/gpu-problem';
import { cudaHome, readDevice } from '../tensorflow/choose-device';
import { openTensorflowRunner } from '../tensorflow/runner';
import { type Diagnosis, plain } from './diagnosis';
import { outputOf } from './tools';

/** The card with its driver, and what TensorFlow needs to use it; one line where there is no card. */
export async function diagnoseGpu(place: GpuPlace = {}): Promise<Diagnosis[]> {
  const facts = findGpu(place);
  if (facts.cards.length === 0) {
    const detail = { en: 'no NVIDIA card found; not needed', zh: '未发现 NVIDIA 显卡；并非必需' };
    return [{ name: cardName, state: 'missing', detail }];
  }
  const broken = driverProblem(facts);
  const card: Diagnosis = broken
    ? { name: cardName, state: 'warning', ...explained(broken) }
    : { name: cardName, state: 'ok', detail: await cardDetail(facts) };
  return [card, diagnoseBuild(facts, place)];
}

const cardName = { en: 'Graphics card', zh: '显卡' };

/** By NVIDIA's own tool, which knows the memory; by the driver's files where it is not installed. */
async function cardDetail({ cards, driver }: GpuFacts): Promise<Diagnosis['detail']> {
  const told = await outputOf('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader']);
  const list = told ? told.split('\n').join('; ') : `${cards.join(', ')}, ${driver ?? '?'}`;
  return told
    ? { en: `${list} (card, memory, driver)`, zh: `${list}（型号、显存、驱动）` }
    : { en: `${list} (card, driver)`, zh: `${list}（型号、驱动）` };
}

function diagnoseBuild(facts: GpuFacts, place: GpuPlace): Diagnosis {
  const name = { en: 'TensorFlow for CUDA', zh: 'TensorFlow 的 CUDA 版本' };
  const folder = cudaHome(place.env);
  const broken = buildProblem(facts, { ...place, ...(folder === undefined ? {} : { folder }) });
  if (broken) return { name, state: 'missing', ...explained(broken) };
  return { name, state: 'ok', detail: plain(folder ?? '') };
}

function explained(found: Problem): Pick<Diagnosis, 'detail' | 'fix'> {
  const detail = { en: explainProblem(found, 'en').text, zh: explainProblem(found, 'zh').text };
  return found.fix?.command === undefined ? { detail } : { detail, fix: found.fix.command };
}

/** What runs compute on here and now, by opening the runtime; no line where the library is missing, which has its own. */
export function diagnoseDevice(env: NodeJS.ProcessEnv): Diagnosis[] {
  const name = { en: 'Runs compute on', zh: '计算设备' };
  try {
    const { runner, obstacle } = openTensorflowRunner({ lookup: lookupOp, device: readDevice(env) }, env);
    if (obstacle?.code === 'gpu-not-seen') return [{ name, state: 'warning', ...explained(obstacle) }];
    const { device } = runner;
    return [{ name, state: 'ok', detail: plain(device?.kind === 'gpu' ? `gpu: ${device.name}` : 'cpu') }];
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}
