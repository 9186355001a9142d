import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { askKeras, decode, type Encoded, encode, python } from '../../../src-main/backends/test-programs/ask-keras';
import { expectClose } from '../../../src-main/backends/test-programs/compare';
import { mapValues } from '../../map-values';
import { lookupNode } from '../../nodes/catalog';
import { lookupOp } from '../../ops/catalog';
import { evaluateShape } from '../../ops/dims';
import type { Program, Value } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import { fillTensor } from '../../ops/samples/sample-program';
import { type TensorData, tensorType } from '../../ops/tensor';
import { defaultParams } from '../../types/params';
import { addGradients } from '../gradients';
import { lower } from '../passes/lower';
import { callLayer, createLayerContext } from '../region';
import { type LayerCase, layerCases } from './layer-cases';

type Tensors = Readonly<Record<string, TensorData>>;

/** What both sides are given; inputs by port, weights by role. */
interface Given {
  readonly inputs: Tensors;
  readonly weights: Tensors;
  readonly direction: TensorData;
  /** Where the case has one. */
  readonly mask?: TensorData;
}

/** What both sides answer: y, and the gradients of Σ y · direction by port and role. */
interface Called {
  readonly y: TensorData;
  readonly gradients: Tensors;
}

const scope = 'layer';

/** The layer called on inputs of the case's shapes, with the outputs `y` and, by port and role, each gradient. */
function build({ ours: [kind, params = {}], inputs, mask }: LayerCase): Program {
  const definition = lookupNode(`layer.${kind}`);
  if (!definition) throw new Error(`There is no layer "${kind}".`);
  const b = new ProgramBuilder(lookupOp);
  const ports = mapValues(inputs, ([, ...shape], port) => b.input(port, tensorType('float32', ['batch', ...shape])));
  const called = callLayer(
    definition,
    {
      inputs: mapValues(ports, (value, port) =>
        mask && port === 'x' ? { value, mask: maskValue(b, mask) } : { value },
      ),
      // Cases write params as documents do; the catalogue erases their names.
      params: { ...defaultParams(definition.params), ...params } as Parameters<typeof callLayer>[1]['params'],
    },
    createLayerContext(b, scope),
  );
  if (!called.y) throw new Error(`The layer "${kind}" has no output y.`);
  return withGradients(lower(b.build({ y: called.y.value }), { phase: 'train' }, lookupOp), Object.keys(inputs));
}

function maskValue(b: ProgramBuilder, steps: NonNullable<LayerCase['mask']>): Value {
  const counts = b.input('mask', tensorType('int32', ['batch', steps[0]?.length ?? 0]));
  return b.compare('greater', counts, b.constant(0, 'int32'));
}

/** Differentiated as in training: some ops have a gradient only once they are lowered. */
function withGradients(forward: Program, ports: readonly string[]): Program {
  const b = ProgramBuilder.from(forward, lookupOp);
  const feed = (name: string) => b.steps.find(({ op, attrs }) => op === 'feed' && attrs.name === name)?.id ?? '';
  const sources = Object.fromEntries(ports.map((port) => [port, b.typed({ step: feed(port), output: 'y' })]));
  const y = b.typed(forward.outputs.y ?? { step: '', output: '' });
  return b.build({ y, ...gradientsOf(b, y, sources) });
}

function gradientsOf(b: ProgramBuilder, y: Value, ports: Readonly<Record<string, Value>>): Record<string, Value> {
  const axes = y.type.shape.map((_, axis) => axis);
  const loss = b.sum(b.multiply(y, b.input('direction', y.type)), axes);
  const sources = { ...ports, ...Object.fromEntries(b.state.map(({ id }) => [roleOf(id), b.read(id)])) };
  const found = addGradients(b, loss, Object.values(sources));
  return Object.fromEntries(Object.keys(sources).flatMap((name, i) => (found[i] ? [[name, found[i]]] : [])));
}

function roleOf(state: string): string {
  return state.slice(scope.length + 1);
}

function givenFor(name: string, { inputs, mask }: LayerCase, program: Program): Given {
  const fill = (shape: readonly number[], what: string) => fillTensor({ shape }, [name, what]);
  const [batch = 1] = Object.values(inputs)[0] ?? [];
  const direction = program.inputs.direction?.shape ?? [];
  return {
    inputs: mapValues(inputs, fill),
    weights: Object.fromEntries(program.state.map(({ id, type }) => [roleOf(id), fill(type.shape.map(Number), id)])),
    direction: fill(evaluateShape(direction, { batch }), 'direction'),
    ...(mask && {
      mask: { dtype: 'int32', shape: [batch, mask[0]?.length ?? 0], data: Int32Array.from(mask.flat()) },
    }),
  };
}

async function callOurs(program: Program, { inputs, weights, direction, mask }: Given): Promise<Called> {
  const states = Object.fromEntries(Object.entries(weights).map(([role, value]) => [`${scope}/${role}`, value]));
  const lowered = lower(program, { phase: 'infer' }, lookupOp);
  const { y, ...gradients } = await evaluate(
    lowered,
    { ...inputs, direction, ...(mask && { mask }) },
    { weights: states },
  );
  if (!y) throw new Error('A layer computes y.');
  return { y, gradients };
}

function callKeras(cases: Readonly<Record<string, LayerCase>>): Record<string, Called> {
  const requests = mapValues(cases, (one, name) => {
    const { inputs, weights, direction } = givenFor(name, one, build(one));
    const [layer, options = {}] = one.keras;
    const encoded = Object.entries(inputs).map(([port, value]) => [port, encode(value)]);
    const { call = {}, mask = null } = one;
    const tensors = { inputs: encoded, weights: mapValues(weights, encode), direction: encode(direction) };
    return { layer, options, call, mask, ...tensors };
  });
  const found = askKeras<Record<string, { y: Encoded; gradients: Record<string, Encoded> }>>(
    join(import.meta.dirname, 'keras_layers.py'),
    requests,
  );
  return mapValues(found, ({ y, gradients }) => ({ y: decode(y), gradients: mapValues(gradients, decode) }));
}

describe.skipIf(!python)('forward and gradients of single layers equal those of Keras', () => {
  let keras: Record<string, Called> = {};
  beforeAll(() => {
    keras = callKeras(layerCases);
  });

  test.each(Object.entries(layerCases))('%s', async (name, one) => {
    const theirs = keras[name];
    if (!theirs) throw new Error(`Keras did not call ${name}.`);
    const program = build(one);
    const ours = await callOurs(program, givenFor(name, one, program));
    expectClose(ours.y, theirs.y, 'y');
    expect(Object.keys(ours.gradients).sort()).toEqual(Object.keys(theirs.gradients).sort());
    for (const [key, gradient] of Object.entries(theirs.gradients)) {
      expectClose(ours.gradients[key], gradient, `gradient for ${key}`);
    }
  });
});
