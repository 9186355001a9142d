import { type ParamsOf, variant } from '../../types/params';
import { constant } from './constant';
import { cosine } from './cosine';
import type { ScheduleDefinition } from './define-schedule';
import { exponential } from './exponential';
import { step } from './step';

/** Every schedule, one line each. */
const schedules = { constant, step, exponential, cosine } as const;

/** The choice of a schedule, as a node's param. */
export const scheduleParam = variant({
  label: { en: 'Learning-rate schedule', zh: '学习率调度' },
  help: { en: 'How the learning rate changes during training.', zh: '学习率在训练过程中的变化方式。' },
  default: 'constant',
  variants: schedules,
});

export type ScheduleSettings = ParamsOf<{ schedule: typeof scheduleParam }>['schedule'];

function scheduleNamed(name: string): ScheduleDefinition {
  const schedule = Object.values(schedules).find((candidate) => candidate.name === name);
  if (!schedule) throw new Error(`There is no schedule "${name}".`);
  // A catalogue erases the names of params; documents are checked against the declarations before any call.
  return schedule as unknown as ScheduleDefinition;
}

/**
 * The learning rate of one optimizer step.
 * @param learningRate the optimizer's own
 * @returns a pure function of the step, from 0, and of the number of steps in all
 */
export function learningRateAt(
  settings: ScheduleSettings,
  learningRate: number,
): (step: number, steps: number) => number {
  const { rate } = scheduleNamed(settings.type);
  return (at, steps) => rate({ ...settings, learningRate }, at, steps);
}
