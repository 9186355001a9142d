import { defineSchedule } from './define-schedule';

/** The optimizer's own learning rate throughout. */
export const constant = defineSchedule({
  name: 'constant',
  label: { en: 'Constant', zh: '恒定' },
  params: {},
  rate: ({ learningRate }) => learningRate,
});
