import { describe, expect, test } from 'vitest';
import { isProblem, ProblemError } from '../problem';
import { bindInputs } from '../recipe/bind-inputs';
import type { Column } from '../types/ports';
import { monitorProblems, trainingMeasures } from './measures';
import { planObjectives, type TrainedOutput } from './objectives';

const column = (name: string, role: Column['role'], classes?: readonly string[]): Column => ({
  name,
  role,
  type: { kind: classes ? 'string' : 'float' },
  ...(classes ? { classes } : {}),
});
const columns = [
  column('a', 'feature'),
  column('b', 'feature'),
  column('kind', 'target', ['x', 'y']),
  column('n', 'target'),
];
const output = (name: string, width: number, aim?: TrainedOutput['aim']): TrainedOutput => {
  return { name, type: { dtype: 'float32', shape: ['batch', width] }, ...(aim ? { aim } : {}) };
};
const plan = (outputs: readonly TrainedOutput[], of: readonly Column[] = columns) => {
  return planObjectives(outputs, { loss: 'sparseCategoricalCrossentropy', columns: of });
};

describe('what outputs are trained for', () => {
  test('follows from the target where a loss is left open', () => {
    const aims = (name: string) => ({ target: { column: name }, weight: 1 });
    const planned = plan([output('k', 2, aims('kind')), output('one', 1, aims('kind')), output('v', 1, aims('n'))]);
    expect(planned.map(({ loss }) => loss)).toEqual([
      'sparseCategoricalCrossentropy',
      'binaryCrossentropy',
      'meanSquaredError',
    ]);
    expect(planned.map(({ means }) => means.kind)).toEqual(['classes', 'classes', 'number']);
  });

  test.each<[string, TrainedOutput[], string]>([
    ['several plain outputs', [output('k', 2), output('v', 1)], 'output-without-aim'],
    ['a target that is a feature', [output('k', 1, { target: { column: 'a' }, weight: 1 })], 'target-is-feature'],
    ['a column that is not there', [output('k', 1, { target: { column: 'z' }, weight: 1 })], 'column-not-found'],
    ['one of several targets', [output('k', 2, { weight: 1 })], 'several-targets'],
  ])('is refused where it cannot be told: %s', (_what, outputs, code) => {
    expect(() => plan(outputs)).toThrow(code);
  });

  test('a loss for classes cannot be compared with numbers of the model', () => {
    const aim = { target: { value: 'target/k' }, loss: 'binaryCrossentropy', weight: 1 };
    expect(() => plan([output('k', 2, aim)])).toThrow(ProblemError);
  });
});

describe('what is measured', () => {
  const two = plan([
    output('k', 2, { target: { column: 'kind' }, weight: 1 }),
    output('v', 1, { target: { column: 'n' }, weight: 1 }),
  ]);
  const binary = plan([output('k', 1)], columns.slice(0, 3)).map((one) => ({ ...one, loss: 'binaryCrossentropy' }));
  const settings = (monitor: string) => ({
    earlyStopping: { type: 'on', monitor, patience: 1, minDelta: 0 } as const,
    bestWeights: { type: 'best', monitor } as const,
  });

  test('accuracy is, with binary cross-entropy too; of several outputs with the name of each', () => {
    expect(trainingMeasures(binary)).toEqual(['valLoss', 'valAccuracy', 'loss', 'accuracy']);
    expect(trainingMeasures(two)).toContain('valMeanAbsoluteError/v');
  });

  test('what is not cannot be watched, nor validation without rows', () => {
    const measures = trainingMeasures(two);
    const codes = (monitor: string, hasValidation: boolean) =>
      monitorProblems(settings(monitor), { measures, hasValidation }).map(({ code, fix }) => [code, fix?.to]);
    expect(codes('valAccuracy', true)).toEqual(Array(2).fill(['monitor-not-measured', 'valLoss']));
    expect(codes('valAccuracy/k', true)).toEqual([]);
    expect(codes('valAccuracy/k', false)).toEqual(Array(2).fill(['monitor-without-validation', 'accuracy/k']));
  });
});

describe('which columns enter where', () => {
  const names = (bindings: Parameters<typeof bindInputs>[0]) => {
    const bound = bindInputs(bindings, columns);
    return isProblem(bound) ? bound.code : bound.map((input) => input.columns.map(({ name }) => name));
  };

  test('the named ones, and the rest at the one input that takes it', () => {
    expect(
      names([
        { input: 'p', columns: ['b'] },
        { input: 'q', columns: 'rest' },
      ]),
    ).toEqual([['b'], ['a']]);
    expect(names([{ input: 'p', columns: ['b', 'a'] }])).toEqual([['b', 'a']]);
  });

  test.each([
    [
      'inputs-share-features',
      [
        { input: 'p', columns: 'rest' },
        { input: 'q', columns: 'rest' },
      ],
    ],
    [
      'input-without-columns',
      [
        { input: 'p', columns: ['a', 'b'] },
        { input: 'q', columns: 'rest' },
      ],
    ],
    ['target-is-input', [{ input: 'p', columns: ['a', 'n'] }]],
    ['column-not-found', [{ input: 'p', columns: ['z'] }]],
  ] as const)('is refused with %s', (code, bindings) => {
    expect(names(bindings)).toBe(code);
  });
});
