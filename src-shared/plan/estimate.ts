import type { Estimate, PlanState } from '../runs/run-event';

/** What a whole plan will take: seconds and disk add up, memory is that of its largest step. */
export function totalEstimate(steps: readonly { readonly state: PlanState; readonly estimate?: Estimate }[]): Estimate {
  const running = steps.flatMap(({ state, estimate }) => (state === 'run' && estimate ? [estimate] : []));
  const seconds = sum(running.map((estimate) => estimate.seconds));
  const disk = sum(running.map((estimate) => estimate.disk));
  const bytes = Math.max(0, ...running.map((estimate) => estimate.bytes ?? 0));
  return {
    ...(seconds > 0 ? { seconds } : {}),
    ...(bytes > 0 ? { bytes } : {}),
    ...(disk > 0 ? { disk } : {}),
  };
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
