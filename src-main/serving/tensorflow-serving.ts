import { answerOf } from '../../src-shared/answer';
import { classesOf, widthOf } from '../../src-shared/types/signature';
import { refuse } from './http-problem';
import type { RawValues } from './read-values';
import {
  type OutputScores,
  predict,
  predictedClasses,
  rowNumbers,
  type Scores,
  type ServedModel,
  servedVersion,
} from './served-model';

/** TensorFlow Serving's REST dialect: https://www.tensorflow.org/tfx/serving/api_rest */

/** `{ instances: […] }` row by row, or `{ inputs: … }` column by column. */
export async function tensorflowPredict(model: ServedModel, body: unknown): Promise<object> {
  const request = asRecord(body, 'The body must be a JSON object with "instances" or "inputs".');
  if ('instances' in request === 'inputs' in request) {
    refuse('The body must have exactly one of "instances" (rows) and "inputs" (columns).');
  }
  checkSignature(request.signature_name);
  if ('instances' in request) {
    return { predictions: rowAnswers(model, await predict(model, columnsOfRows(model, request.instances))) };
  }
  return { outputs: columnAnswers(await predict(model, columnsOfColumns(model, request.inputs))) };
}

function checkSignature(name: unknown): void {
  if (name !== undefined && name !== 'serving_default') {
    refuse(`There is no signature ${JSON.stringify(name)}; leave "signature_name" out or write "serving_default".`);
  }
}

function columnsOfRows(model: ServedModel, instances: unknown): Map<string, RawValues> {
  if (!Array.isArray(instances)) return refuse('"instances" must be a list of rows.');
  const [only] = model.columns;
  const bare = only && model.columns.length === 1 && !instances.some(isNamed);
  if (bare) return new Map([[only.name, instances]]);
  const rows = instances.map((row, i) => asRecord(row, `Row ${i} must be an object with a value for every column.`));
  checkRowNames(model, rows);
  return new Map(model.columns.map(({ name }) => [name, rows.map((row) => row[name])]));
}

function checkRowNames(model: ServedModel, rows: readonly Readonly<Record<string, unknown>>[]): void {
  rows.forEach((row, i) => {
    for (const { name } of model.columns) {
      if (!Object.hasOwn(row, name))
        refuse(`The column "${name}" is missing in row ${i}; write null for a missing value.`);
    }
    for (const name of Object.keys(row)) {
      if (!model.columns.some((column) => column.name === name))
        refuse(`Row ${i} has the column "${name}", which the model does not know.`);
    }
  });
}

function columnsOfColumns(model: ServedModel, inputs: unknown): Map<string, RawValues> {
  const [only] = model.columns;
  if (Array.isArray(inputs) && only && model.columns.length === 1) return new Map([[only.name, inputs]]);
  const columns = asRecord(inputs, '"inputs" must be an object with a list of values for every column.');
  return new Map(
    Object.entries(columns).map(([name, values]) => [
      name,
      Array.isArray(values) ? values : refuse(`The column "${name}" must be a list of values.`),
    ]),
  );
}

function rowAnswers({ outputs }: ServedModel, scores: Scores): unknown[] {
  return Array.from({ length: scores.rows }, (_unused, row) => answerOf(outputs, rowNumbers(scores, row)));
}

function columnAnswers({ outputs }: Scores): unknown {
  const [only, ...more] = outputs;
  if (only && more.length === 0) return columnAnswer(only);
  return Object.fromEntries(outputs.map((output) => [output.field.name, columnAnswer(output)]));
}

function columnAnswer(output: OutputScores): unknown {
  const { field, width, values } = output;
  const classes = classesOf(field);
  if (!classes && width === 1) return [...values];
  const rows = Array.from({ length: values.length / width }, (_unused, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
  return classes ? { class: predictedClasses(output, classes), probabilities: rows } : rows;
}

/** `GET /v1/models/NAME`. */
export function tensorflowStatus(): object {
  const status = { error_code: 'OK', error_message: '' };
  return { model_version_status: [{ version: servedVersion, state: 'AVAILABLE', status }] };
}

const dataTypes: Readonly<Record<string, string>> = {
  float32: 'DT_FLOAT',
  float64: 'DT_DOUBLE',
  float16: 'DT_HALF',
  bfloat16: 'DT_BFLOAT16',
  int32: 'DT_INT32',
  int64: 'DT_INT64',
  uint8: 'DT_UINT8',
  bool: 'DT_BOOL',
  string: 'DT_STRING',
};

/** `GET /v1/models/NAME/metadata`. */
export function tensorflowMetadata(model: ServedModel): object {
  const tensor = (name: string, dtype: string, shape: readonly number[]) => [
    name,
    { name, dtype, tensor_shape: { dim: [-1, ...shape].map((size) => ({ size: String(size), name: '' })) } },
  ];
  const inputs = model.columns.map(({ name, dtype, shape, vocabulary }) =>
    tensor(name, vocabulary ? 'DT_STRING' : (dataTypes[dtype] ?? 'DT_FLOAT'), shape),
  );
  const outputs = model.outputs.flatMap((field) => {
    const [, ...shape] = field.type.shape.map(Number);
    if (!classesOf(field)) return [tensor(field.name, 'DT_FLOAT', widthOf(field) === 1 ? [] : shape)];
    const name = model.outputs.length === 1 ? 'class' : `${field.name}.class`;
    return [tensor(name, 'DT_STRING', []), tensor(field.name, 'DT_FLOAT', shape)];
  });
  const signature = {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    method_name: 'tensorflow/serving/predict',
  };
  return {
    model_spec: { name: model.name, signature_name: '', version: servedVersion },
    metadata: { signature_def: { signature_def: { serving_default: signature } } },
  };
}

function isNamed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown, sentence: string): Readonly<Record<string, unknown>> {
  return isNamed(value) ? value : refuse(sentence);
}
