import { z } from 'zod';
import { elementCount } from '../../src-shared/ops/tensor';
import type { InputColumn } from '../../src-shared/recipe/input-columns';
import { classesOf, type OutputField, widthOf } from '../../src-shared/types/signature';
import { refuse } from './http-problem';
import type { RawValues } from './read-values';
import {
  type OutputScores,
  predict,
  predictedClasses,
  type Scores,
  type ServedModel,
  servedVersion,
} from './served-model';

/** Open Inference Protocol v2, REST: https://github.com/kserve/open-inference-protocol */

const tensorSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)).max(8),
  datatype: z.string(),
  data: z.array(z.unknown()),
});
const requestSchema = z.object({
  id: z.string().optional(),
  inputs: z.array(tensorSchema).min(1),
  outputs: z.array(z.object({ name: z.string() })).optional(),
});
type InferTensor = z.infer<typeof tensorSchema>;

const datatypes: Readonly<Record<string, string>> = {
  float32: 'FP32',
  float64: 'FP64',
  float16: 'FP16',
  bfloat16: 'BF16',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  bool: 'BOOL',
  string: 'BYTES',
};

/** `GET /v2`. */
export function serverMetadata(): object {
  return { name: 'modelyard', version: servedVersion, extensions: [] };
}

/** `GET /v2/models/NAME`. */
export function modelMetadata(model: ServedModel): object {
  return {
    name: model.name,
    versions: [servedVersion],
    platform: 'modelyard_program',
    inputs: model.columns.map((column) => ({
      name: column.name,
      datatype: datatypeOf(column),
      shape: [-1, ...column.shape],
    })),
    outputs: outputTypes(model),
  };
}

function datatypeOf({ dtype, vocabulary }: InputColumn): string {
  return vocabulary ? 'BYTES' : (datatypes[dtype] ?? 'FP32');
}

interface Answered {
  readonly name: string;
  readonly datatype: 'FP32' | 'BYTES';
  /** Of one row. */
  readonly shape: readonly number[];
  readonly data: (scores: OutputScores) => readonly (number | string)[];
}

const numbers = ({ values }: OutputScores) => [...values];

/** A class and its probabilities are two outputs; of several outputs the class has the output's name in front. */
function answeredOf(field: OutputField, outputs: number): Answered[] {
  const classes = classesOf(field);
  const [, ...shape] = field.type.shape.map(Number);
  if (!classes)
    return [{ name: field.name, datatype: 'FP32', shape: widthOf(field) === 1 ? [] : shape, data: numbers }];
  const name = outputs === 1 ? 'class' : `${field.name}.class`;
  return [
    { name, datatype: 'BYTES', shape: [], data: (scores) => predictedClasses(scores, classes) },
    { name: field.name, datatype: 'FP32', shape, data: numbers },
  ];
}

function outputTypes({ outputs }: ServedModel): { name: string; datatype: string; shape: number[] }[] {
  return outputs.flatMap((field) =>
    answeredOf(field, outputs.length).map(({ name, datatype, shape }) => ({ name, datatype, shape: [-1, ...shape] })),
  );
}

/** `POST /v2/models/NAME/infer`. Data may be nested or flat; the answer's are flat. */
export async function infer(model: ServedModel, body: unknown): Promise<object> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(`The request is not an inference request: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
  }
  const { id, inputs, outputs } = parsed.data;
  const names = new Set(inputs.map(({ name }) => name));
  if (names.size < inputs.length) refuse('An input stands in the request twice.');
  const columns = new Map(inputs.map((tensor) => [tensor.name, rowsOf(model, tensor)]));
  const scores = await predict(model, columns);
  const answer = { model_name: model.name, model_version: servedVersion, outputs: answers(scores, outputs) };
  return id === undefined ? answer : { ...answer, id };
}

/** Cuts a tensor into one value per row, checking that shape, datatype and data agree. */
function rowsOf(model: ServedModel, { name, shape, datatype, data }: InferTensor): RawValues {
  const column = model.columns.find((candidate) => candidate.name === name);
  if (!column) return refuse(`The model has no input "${name}".`);
  const wanted = datatypeOf(column);
  const isText = column.isTime && datatype === 'BYTES';
  if (!isText && !fits(datatype, wanted)) refuse(`The input "${name}" wants the datatype ${wanted}, not ${datatype}.`);
  const [rows = 0, ...rest] = shape;
  const size = elementCount(column.shape);
  if (elementCount(rest) !== size || (rest.length > column.shape.length && size !== 1)) {
    refuse(`The input "${name}" wants the shape [-1, ${column.shape.join(', ')}], not [${shape.join(', ')}].`);
  }
  if (data.length === rows && (size !== 1 || data.some(Array.isArray))) return data;
  if (data.length !== rows * size) {
    refuse(`The input "${name}" has ${data.length} values; its shape [${shape.join(', ')}] wants ${rows * size}.`);
  }
  if (column.shape.length === 0) return data;
  return Array.from({ length: rows }, (_unused, row) => data.slice(row * size, (row + 1) * size));
}

/** Numbers may come in any numeric type: whether each value fits is checked one by one. */
function fits(given: string, wanted: string): boolean {
  const isNumeric = (name: string) => /^(FP|BF|INT|UINT)\d+$|^BOOL$/.test(name);
  return given === wanted || (isNumeric(given) && isNumeric(wanted));
}

function answers(scores: Scores, wanted: readonly { name: string }[] | undefined): object[] {
  const all = scores.outputs.flatMap((output) =>
    answeredOf(output.field, scores.outputs.length).map(({ name, datatype, shape, data }) => {
      return { name, datatype, shape: [scores.rows, ...shape], data: data(output) };
    }),
  );
  if (!wanted || wanted.length === 0) return all;
  return wanted.map(
    ({ name }) => all.find((output) => output.name === name) ?? refuse(`There is no output "${name}".`),
  );
}
