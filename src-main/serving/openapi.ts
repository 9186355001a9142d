import type { TensorType } from '../../src-shared/ops/tensor';
import type { FittedRecipe } from '../../src-shared/recipe/define-step';
import { classesOf, type OutputField, widthOf } from '../../src-shared/types/signature';

export interface DescribedModel {
  readonly name: string;
  /** Raw columns. */
  readonly inputs: Readonly<Record<string, TensorType>>;
  readonly outputs: readonly OutputField[];
  readonly recipe: Pick<FittedRecipe, 'columns'>;
}

/** The OpenAPI 3.1 description of the server for one model. The same model gives the same document. */
export function describeApi(model: DescribedModel): object {
  const path = encodeURIComponent(model.name);
  const ok = { '200': { description: 'OK' } };
  return {
    openapi: '3.1.0',
    info: { title: model.name, version: '1' },
    paths: {
      '/healthz': { get: { summary: 'Whether the server is alive', responses: ok } },
      [`/v1/models/${path}`]: { get: { summary: 'Status, as TensorFlow Serving gives it', responses: ok } },
      [`/v1/models/${path}/metadata`]: { get: { summary: 'Inputs and outputs', responses: ok } },
      [`/v1/models/${path}:predict`]: { post: predictOperation(model) },
      '/v2/health/ready': { get: { summary: 'Whether the server is ready', responses: ok } },
      [`/v2/models/${path}`]: { get: { summary: 'Inputs and outputs, Open Inference Protocol', responses: ok } },
      [`/v2/models/${path}/infer`]: { post: { summary: 'Predict, Open Inference Protocol', responses: responses({}) } },
      '/invocations': { post: predictOperation(model) },
    },
    components: {
      schemas: { Error: { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] } },
    },
  };
}

function predictOperation(model: DescribedModel): object {
  const inputs = Object.entries(model.inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const times = new Set(model.recipe.columns.flatMap(({ name, type }) => (type.kind === 'time' ? [name] : [])));
  const columns = Object.fromEntries(
    inputs.map(([name, type]) => [name, times.has(name) ? timeSchema : valueSchema(type)]),
  );
  const row = { type: 'object', properties: columns, required: Object.keys(columns), additionalProperties: false };
  const [only, ...more] = Object.values(columns);
  const instance = only && more.length === 0 ? { anyOf: [row, only] } : row;
  const body = {
    oneOf: [
      { type: 'object', properties: { instances: { type: 'array', items: instance } }, required: ['instances'] },
      { type: 'object', properties: { inputs: { type: ['object', 'array'] } }, required: ['inputs'] },
    ],
  };
  return {
    summary: 'Predict: rows in "instances", or columns in "inputs"',
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: responses({
      type: 'object',
      properties: { predictions: { type: 'array', items: answerSchema(model) }, outputs: {} },
    }),
  };
}

/** As `readTime` reads it. */
const timeSchema = {
  type: ['string', 'number', 'null'],
  description: 'A time as ISO 8601 writes it, UTC where it names no zone, or milliseconds since 1970',
  examples: ['2026-12-01T13:45:00Z'],
};

function responses(answer: object): object {
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return {
    '200': { description: 'Predictions', content: { 'application/json': { schema: answer } } },
    '400': { description: 'The request cannot be answered; `error` says why', content: error },
    '404': { description: 'No such model or version', content: error },
    '413': { description: 'The body is too large', content: error },
  };
}

function answerSchema({ outputs }: DescribedModel): object {
  const [only, ...more] = outputs;
  if (only && more.length === 0) return outputSchema(only);
  return { type: 'object', properties: Object.fromEntries(outputs.map((field) => [field.name, outputSchema(field)])) };
}

function outputSchema(field: OutputField): object {
  const classes = classesOf(field);
  if (!classes) {
    const width = widthOf(field);
    if (width === 1) return { type: 'number' };
    return { type: 'array', items: { type: 'number' }, minItems: width, maxItems: width };
  }
  const probabilities = Object.fromEntries(classes.map((name) => [name, { type: 'number' }]));
  return {
    type: 'object',
    properties: {
      class: { type: 'string', enum: classes },
      probabilities: { type: 'object', properties: probabilities },
    },
  };
}

function valueSchema({ dtype, shape }: TensorType): object {
  if (dtype === 'string') return { type: ['string', 'null'] };
  const [, ...sizes] = shape;
  const whole = dtype === 'int32' || dtype === 'int64' || dtype === 'uint8';
  const limits = dtype === 'uint8' ? { minimum: 0, maximum: 255 } : {};
  const element = { type: whole ? 'integer' : sizes.length === 0 ? ['number', 'null'] : 'number', ...limits };
  return sizes.reduceRight<object>(
    (items, size) => ({ type: 'array', items, minItems: size, maxItems: size }),
    element,
  );
}
