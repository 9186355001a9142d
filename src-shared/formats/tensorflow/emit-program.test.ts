import { describe, expect, test } from 'vitest';
import { lookupOp } from '../../ops/catalog';
import type { Entry, StepProgram } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import { emitFrozenGraph, emitStepGraph, type StepGraph } from './emit-program';

/** A counter: `init` sets it, `count` reads it and then adds 1 and 10 to it, `look` only reads it. */
function counter(): StepProgram {
  const b = new ProgramBuilder(lookupOp);
  const type = { dtype: 'float32', shape: [] } as const;
  const value = b.declare({ id: '计数/n', type, init: { type: 'zeros' }, kind: 'metric' });
  const add = (amount: number) => {
    b.inScope('计数', () => b.op('assignAdd', { value: b.constant(amount) }, { state: '计数/n' }));
    return b.steps.at(-1)?.id ?? '';
  };
  const targets = [add(1), add(10)];
  b.op('assign', { value: b.feed('n', type) }, { state: '计数/n' });
  const init = b.steps.at(-1)?.id ?? '';
  b.unary('exp', b.constant(1));
  const entries: Record<string, Entry> = {
    init: { feeds: { n: type }, fetches: {}, targets: [init] },
    count: { feeds: {}, fetches: { before: { step: value.step, output: 'y' } }, targets },
    look: { feeds: {}, fetches: { n: { step: value.step, output: 'y' } }, targets: [] },
  };
  return { state: b.state, steps: b.steps, entries, functions: {} };
}

function controlInputs(graph: StepGraph, name: string | undefined): string[] {
  const node = graph.nodes.find((candidate) => candidate.name === name);
  return (node?.inputs ?? []).filter((input) => input.startsWith('^'));
}

describe('a step graph', () => {
  const graph = emitStepGraph(counter(), { lookup: lookupOp });
  const ops = graph.nodes.map(({ op }) => op);

  test('keeps a state in one variable that is read once', () => {
    expect(ops.filter((op) => op === 'VarHandleOp')).toHaveLength(1);
    expect(ops.filter((op) => op === 'ReadVariableOp')).toHaveLength(1);
    const handle = graph.nodes.find(({ op }) => op === 'VarHandleOp');
    expect(handle?.attrs.shared_name).toEqual({ string: '计数/n' });
  });

  test('changes a state after it was read, and in the order of the steps', () => {
    const { fetches, targets } = graph.entries.count ?? {};
    const [first, second] = targets ?? [];
    expect(controlInputs(graph, first)).toEqual([`^${fetches?.before?.tensor}`]);
    expect(controlInputs(graph, second)).toEqual([`^${fetches?.before?.tensor}`, `^${first}`]);
  });

  test('never makes initialising a variable wait for a read of it', () => {
    expect(controlInputs(graph, graph.entries.init?.targets[0])).toEqual([]);
  });

  test('has a tensor that waits for the effects of an entry', () => {
    const { done, targets = [] } = graph.entries.count ?? {};
    expect(controlInputs(graph, done)).toEqual(targets.map((target) => `^${target}`));
  });

  test('leaves out steps that no entry needs', () => {
    expect(ops).not.toContain('Exp');
  });

  test('maps the prefixes of its names to canvas nodes', () => {
    expect(Object.values(graph.scopes)).toContain('计数');
  });
});

describe('a frozen graph', () => {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float32', shape: ['batch', 2] });
  const bias = b.declare({ id: 'dense/bias', type: { dtype: 'float32', shape: [2] }, init: { type: 'zeros' } });
  const program = b.build({ x, 'y 1': b.add(x, bias) });
  const weights = { 'dense/bias': { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } } as const;

  test('holds the weights as constants and has nodes of the names of its inputs and outputs', () => {
    const graph = emitFrozenGraph(program, { lookup: lookupOp, weights });
    expect(graph.inputs.x?.tensor).toBe('x');
    // An input and an output may share a name; nodes may not.
    expect(graph.outputs).toMatchObject({ x: { tensor: 'x_1' }, 'y 1': { tensor: 'y_1' } });
    expect(graph.nodes.map(({ op }) => op).sort()).toEqual(['AddV2', 'Const', 'Identity', 'Identity', 'Placeholder']);
  });

  test('is double throughout where asked', () => {
    const { nodes } = emitFrozenGraph(program, { lookup: lookupOp, weights, double: true });
    const types = nodes
      .flatMap(({ attrs }) => Object.values(attrs))
      .flatMap((attr) => ('type' in attr ? attr.type : []));
    expect(new Set(types)).toEqual(new Set(['float64']));
  });

  test('says which state has no value', () => {
    expect(() => emitFrozenGraph(program, { lookup: lookupOp, weights: {} })).toThrow('dense/bias');
  });
});

describe('a long sequence', () => {
  const graphOf = (time: number, target: 'frozen' | 'tfjsGraph' = 'frozen') => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: [time, 'batch', 2] });
    const sizes = { kernel: [2, 9], recurrentKernel: [3, 9], bias: [2, 9] };
    const zeros = Object.entries(sizes).map(([id, shape]) => {
      const type = { dtype: 'float32', shape } as const;
      const data = new Float32Array((shape[0] ?? 0) * 9);
      return { id, value: b.declare({ id, type, init: { type: 'zeros' } }), data: { ...type, data } };
    });
    const given = Object.fromEntries(zeros.map(({ id, value }) => [id, value]));
    const weights = Object.fromEntries(zeros.map(({ id, data }) => [id, data]));
    const program = b.build({ y: b.value('gruInference', { x, ...given }) });
    return emitFrozenGraph(program, { lookup: lookupOp, weights, target });
  };

  test('is a loop, of one size whatever the length', () => {
    const [short, long] = [graphOf(50), graphOf(5000)];
    expect(long.nodes).toHaveLength(short.nodes.length);
    expect(long.functions.map(({ nodes }) => nodes.length)).toEqual(short.functions.map(({ nodes }) => nodes.length));
    expect(long.nodes.filter(({ op }) => op === 'StatelessWhile')).toHaveLength(1);
  });

  test('is written out where the reader knows no functions', () => {
    const { nodes, functions } = graphOf(50, 'tfjsGraph');
    expect(functions).toEqual([]);
    expect(nodes.filter(({ op }) => op === 'Tanh')).toHaveLength(50);
  });
});
