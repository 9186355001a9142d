import { type Answer, answerSchema, namedNumbers } from '../../src-shared/answer';

/** Rows whose values are texts and numbers can be edited field by field; others as JSON alone. */
export function hasFields(row: Readonly<Record<string, unknown>>): boolean {
  const values = Object.values(row);
  return (
    values.length > 0 && values.length <= 40 && values.every((value) => typeof value !== 'object' || value === null)
  );
}

/** What was typed into a field, in the type that the row had there. */
export function fieldValue(text: string, before: unknown): unknown {
  if (text === '') return null;
  if (typeof before === 'string') return text;
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}

/** The prediction in a server's answer to one row; undefined where it holds none. */
export function predictionIn(body: unknown): Answer | undefined {
  if (!isRecord(body) || !Array.isArray(body.predictions)) return undefined;
  const found = answerSchema.safeParse(body.predictions[0]);
  return found.success ? found.data : undefined;
}

/** The sentence of a server that refused. */
export function complaintIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  return isRecord(body) && typeof body.error === 'string' ? body.error : undefined;
}

/** How far two runtimes may differ in the last digits of single precision and still say the same. */
const tolerance = 1e-3;

/** Whether an endpoint says what the app does. */
export function isSamePrediction(given: Answer, expected: Answer): boolean {
  const found = new Map(namedNumbers(given).map(({ name, value }) => [name, value]));
  const wanted = namedNumbers(expected);
  return wanted.every(({ name, value }) => {
    return Math.abs((found.get(name) ?? Number.NaN) - value) <= tolerance * Math.max(1, Math.abs(value));
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
