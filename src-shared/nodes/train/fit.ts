import { checkEstimatorMemory } from '../../fit/check-memory';
import { fitEstimator } from '../../fit/fit-estimator';
import { rowsOf } from '../../fit/read-feeds';
import { taskOfLoss, trainingParams } from '../../fit/training-params';
import { trainingProblems } from '../../fit/training-problems';
import { watchRun } from '../../fit/watch-run';
import { hashData } from '../../hash';
import { isProblem } from '../../problem';
import { targetOf } from '../../recipe/features';
import { splitCodes } from '../../runs/run-context';
import type { Estimator } from '../../runs/values';
import { defineNode } from '../define-node';

/** Trains a network on the training split and keeps its predictor. */
export const fit = defineNode({
  kind: 'train.fit',
  title: { en: 'Train', zh: '训练' },
  summary: {
    en: 'Fits the weights of the model on the training rows by mini-batch gradient descent.',
    zh: '用小批量梯度下降在训练行上拟合模型的权重。',
  },
  docs: {
    en: 'What the preparation steps learn is learned here, from training rows only. The model that comes out takes raw rows.',
    zh: '数据准备步骤所学到的内容在这里学得，且只使用训练行。输出的模型直接接受原始数据行。',
  },
  version: 1,
  inputs: { dataset: { type: ['dataset', 'table'] }, output: { type: 'tensor' } },
  outputs: { model: { type: 'model' }, estimator: { type: 'estimator', traced: true } },
  params: trainingParams,
  usesRunner: true,
  usesSeed: true,
  infer: ({ dataset, output }, params) => {
    const task = taskOfLoss(params.loss);
    const problems = trainingProblems({ dataset, output, params });
    if (!output) return { problems };
    const { parameters } = output;
    const estimator = { type: 'estimator', task, parameters } as const;
    const target = dataset && targetOf(dataset.columns);
    if (!dataset || !target || isProblem(target)) return { outputs: { estimator }, problems };
    const { column, classes } = target;
    const known = task === 'classification' && classes ? { classes } : {};
    const model = { type: 'model', task, ...known, parameters, columns: dataset.columns, target: column.name } as const;
    return { outputs: { model, estimator }, problems };
  },
  trace: ({ output }, params) => (output ? { estimator: toEstimator(output.program, params) } : {}),
  check: ({ values: { output }, types }, params, programs) => {
    if (output) checkEstimatorMemory(toEstimator(output.program, params), types.dataset, programs);
  },
  execute: async ({ dataset, output }, params, ctx) => {
    const open = await ctx.tables.open(dataset);
    try {
      const estimator = toEstimator(output.program, params);
      const { predictor } = await fitEstimator({
        estimator,
        dataset,
        datasetHash: hashData(dataset),
        open,
        trainRows: rowsOf(open.assignment, splitCodes.train),
        validationRows: rowsOf(open.assignment, splitCodes.validation),
        seed: ctx.seed('fit'),
        programs: ctx.programs,
        watcher: await watchRun(ctx, { columns: open.columns, checkpoints: params.checkpoints }),
      });
      return { model: predictor, estimator };
    } finally {
      await open.close();
    }
  },
});

function toEstimator(program: Estimator['program'], params: object): Estimator {
  const training = params as Estimator['training'];
  return { task: taskOfLoss(String(training.loss)), program, training };
}
