import { describe, expect, it } from 'vitest';
import { applySettings, findNode } from './set-params';
import { chain, lookupTestNode as lookup, testDocument, testNode } from './test-nodes';

function paramsAfter(id: string, ...settings: string[]) {
  const { document, problems } = applySettings(chain(), settings, lookup);
  expect(problems).toEqual([]);
  return document?.nodes[id]?.params;
}
function problemOf(setting: string) {
  const { document, problems } = applySettings(chain(), [setting], lookup);
  expect(document).toBeUndefined();
  return problems[0];
}

describe('applySettings', () => {
  it.each([
    ['train.epochs=3', { epochs: 3 }],
    ['train.shuffle=no', { shuffle: false }],
    ['train.loss=mae', { loss: 'mae' }],
    ['train.window=5x3', { window: [5, 3] }],
    ['train.window=[5, 3]', { window: [5, 3] }],
    ['train.window=2', { window: [2, 2] }],
    ['train.title=a', { title: 'a' }],
    ['train.optimizer=sgd', { optimizer: { type: 'sgd', learningRate: 0.01, momentum: 0 } }],
    ['train.optimizer.learningRate=1e-4', { optimizer: { type: 'adam', learningRate: 0.0001 } }],
    ['train.optimizer={"type":"sgd","momentum":0.9}', { optimizer: { type: 'sgd', momentum: 0.9 } }],
  ])('reads %s by the declaration', (setting, params) => {
    expect(paramsAfter('d', setting)).toEqual(params);
  });

  it('reads lists, maps and file names', () => {
    expect(paramsAfter('b', 'scale.columns=x, y')).toEqual({ columns: ['x', 'y'] });
    expect(paramsAfter('b', 'scale.columns=')).toEqual({ columns: [] });
    expect(paramsAfter('b', 'scale.columns=["a,b"]')).toEqual({ columns: ['a,b'] });
    expect(paramsAfter('a', 'penguins.types.bill length=float')).toMatchObject({ types: { 'bill length': 'float' } });
    expect(paramsAfter('a', 'penguins.file=C:\\a=b.csv')).toEqual({ file: 'C:\\a=b.csv' });
  });

  it('applies settings one after the other, and the seed', () => {
    expect(paramsAfter('d', 'train.optimizer=sgd', 'train.optimizer.momentum=0.9')).toMatchObject({
      optimizer: { type: 'sgd', momentum: 0.9 },
    });
    expect(applySettings(chain(), ['seed=7'], lookup).document?.settings.seed).toBe(7);
  });

  it.each([
    ['trian.epochs=3', { code: 'node-missing-near', values: { near: 'train' } }],
    ['train.epoch=3', { code: 'param-unknown', values: { near: 'epochs' } }],
    ['train.constructor=3', { code: 'param-unknown-here' }],
    ['train.optimizer.momentum=0.9', { code: 'param-unknown-here', values: { known: 'learningRate' } }],
    ['train.epochs=0', { code: 'param-too-small', param: 'epochs', values: { limit: 1 } }],
    ['train.epochs=many', { code: 'setting-unreadable', values: { expected: 'int' } }],
    ['train.epochs=', { code: 'setting-unreadable' }],
    ['train.epochs=2.5', { code: 'param-wrong-type' }],
    ['train.loss=mes', { code: 'param-not-an-option', values: { options: 'mse, mae' } }],
    ['train.optimizer=lion', { code: 'param-not-an-option' }],
    ['train.window=1,2,3', { code: 'setting-unreadable' }],
    ['penguins.types.age=word', { code: 'param-not-an-option' }],
    ['train.epochs.more=3', { code: 'setting-unreadable' }],
    ['train', { code: 'setting-malformed' }],
    ['train=3', { code: 'setting-malformed' }],
    ['seed=-1', { code: 'seed-invalid' }],
    ['seed=', { code: 'seed-invalid' }],
  ])('refuses %s with a way out', (setting, problem) => {
    expect(problemOf(setting)).toMatchObject(problem);
  });

  it('tells all problems at once', () => {
    const { problems } = applySettings(chain(), ['a.b=1', 'train.epochs=0'], lookup);
    expect(problems.map(({ code }) => code)).toEqual(['node-missing-near', 'param-too-small']);
  });

  it('does not mind an older mistake in another param of the node', () => {
    const document = testDocument({ d: testNode('train', 'train', { params: { shuffle: 'maybe' } }) }, []);
    expect(applySettings(document, ['train.epochs=3'], lookup).document?.nodes.d?.params.epochs).toBe(3);
  });

  it('finds nodes by name', () => {
    expect(findNode(chain(), 'train')).toBe('d');
    expect(findNode(chain(), 'nobody')).toBeUndefined();
  });
});
