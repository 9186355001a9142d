import { checkEstimatorMemory } from '../../fit/check-memory';
import { fitEstimator } from '../../fit/fit-estimator';
import { trainingMeasures } from '../../fit/measures';
import { fieldOf } from '../../fit/predictor-program';
import { rowsOf } from '../../fit/read-feeds';
import { type TrainingParams, trainingParams } from '../../fit/training-params';
import { objectivesOf, trainingProblems } from '../../fit/training-problems';
import { watchRun } from '../../fit/watch-run';
import { hashData } from '../../hash';
import { isProblem } from '../../problem';
import { splitCodes } from '../../runs/run-context';
import type { NetworkEstimator, TracedModel } from '../../runs/values';
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
  version: 2,
  // Early stopping watched names that were not always measured; `binaryAccuracy` is called `accuracy` now.
  upgrades: { 2: (params) => params },
  inputs: { dataset: { type: ['dataset', 'table'] }, output: { type: 'tensor', many: true, joins: true } },
  outputs: { model: { type: 'model' }, estimator: { type: 'estimator', traced: true } },
  params: trainingParams,
  usesRunner: true,
  usesSeed: true,
  infer: ({ dataset, output: outputs = [] }, params, context) => {
    const problems = trainingProblems({ dataset, outputs, params });
    if (outputs.length === 0) return { problems };
    const parameters = context.parameters?.output ?? 0;
    const objectives = objectivesOf({ dataset, outputs, params });
    const learns = isProblem(objectives) ? [] : objectives.map(({ means }) => means.kind);
    const estimator = { type: 'estimator', learns, parameters } as const;
    if (!dataset || isProblem(objectives)) return { outputs: { estimator }, problems };
    const fields = objectives.map((objective) => {
      const { dtype, shape } = outputs.find(({ layer }) => layer === objective.output) ?? {
        dtype: 'float32',
        shape: [],
      };
      return fieldOf(objective, { type: { dtype, shape }, outputs: objectives.length });
    });
    const model = { type: 'model', outputs: fields, parameters, columns: dataset.columns } as const;
    return { outputs: { model, estimator }, problems };
  },
  choices: ({ dataset, output: outputs = [] }, params) => {
    const objectives = objectivesOf({ dataset, outputs, params });
    return { measures: isProblem(objectives) ? [] : trainingMeasures(objectives) };
  },
  trace: ({ output }, params) => (output ? { estimator: toEstimator(output, params) } : {}),
  check: ({ values: { output }, types }, params, programs) => {
    if (output) checkEstimatorMemory(toEstimator(output, params), types.dataset, programs);
  },
  execute: async ({ dataset, output }, params, ctx) => {
    const open = await ctx.tables.open(dataset);
    try {
      const estimator = toEstimator(output, params);
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

function toEstimator(model: TracedModel, training: TrainingParams): NetworkEstimator {
  return { kind: 'network', ...model, training };
}
