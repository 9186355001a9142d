import { measureName, validationName } from '../compile/metrics/measure-name';
import { type Problem, problem } from '../problem';
import type { PlannedObjective } from './objectives';
import type { TrainingParams } from './training-params';

/** Everything that a training measures after each epoch, by name; validation first, since it is what to watch. */
export function trainingMeasures(objectives: readonly PlannedObjective[]): string[] {
  const count = objectives.length;
  const metrics = objectives.flatMap(({ output, metrics: own }) => own.map((name) => measureName(name, output, count)));
  const losses = count > 1 ? objectives.map(({ output }) => measureName('loss', output, count)) : [];
  const measures = ['loss', ...metrics, ...losses];
  return [...measures.map(validationName), ...measures];
}

/** What is watched but not measured: training would go on as if nothing was asked. */
export function monitorProblems(
  { earlyStopping, bestWeights }: Pick<TrainingParams, 'earlyStopping' | 'bestWeights'>,
  { measures, hasValidation }: { readonly measures: readonly string[]; readonly hasValidation: boolean },
): Problem[] {
  const watched = [
    ...(earlyStopping.type === 'on' ? [['earlyStopping.monitor', earlyStopping.monitor] as const] : []),
    ...(bestWeights.type === 'best' ? [['bestWeights.monitor', bestWeights.monitor] as const] : []),
  ];
  return watched.flatMap(([param, monitor]) => {
    if (!measures.includes(monitor)) {
      const fix = { code: 'set-param', param, to: 'valLoss' } as const;
      return [problem('monitor-not-measured', { monitor, measures: measures.join(', ') }, { param, fix })];
    }
    const isValidation = monitor.startsWith('val');
    if (!isValidation || hasValidation) return [];
    const to = `${monitor.slice('val'.length, 'val'.length + 1).toLowerCase()}${monitor.slice('val'.length + 1)}`;
    const fix = { code: 'set-param', param, to } as const;
    return [problem('monitor-without-validation', { monitor }, { param, severity: 'warning', fix })];
  });
}
