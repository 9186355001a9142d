import { expect, it } from 'vitest';
import { choice, float, int } from '../../src-shared/types/params';
import { visibleSections } from './visible-params';

const label = { en: 'A', zh: '甲' };
const option = (value: string) => ({ value, label });
const training = { en: 'Training', zh: '训练' };

const declarations = {
  missing: choice({ label, default: 'keep', options: [option('keep'), option('impute')] }),
  epochs: int({ label, default: 1, section: training }),
  strategy: choice({
    label,
    default: 'mean',
    options: [option('mean'), option('constant')],
    showIf: { param: 'missing', in: ['impute'] },
  }),
  value: float({ label, default: 0, showIf: { param: 'strategy', in: ['constant'] } }),
  rate: float({ label, default: 0, section: training }),
};

function names(values: Readonly<Record<string, unknown>>): string[][] {
  return visibleSections(declarations, values).map(({ params }) => params.map(([name]) => name));
}

it('gathers params by section and leaves out what hangs on another choice', () => {
  expect(names({})).toEqual([['missing'], ['epochs', 'rate']]);
});

it('shows what the choice asks for, and hides what hangs on a hidden one', () => {
  expect(names({ missing: 'impute' })[0]).toEqual(['missing', 'strategy']);
  expect(names({ missing: 'impute', strategy: 'constant' })[0]).toEqual(['missing', 'strategy', 'value']);
  expect(names({ missing: 'keep', strategy: 'constant' })[0]).toEqual(['missing']);
});
