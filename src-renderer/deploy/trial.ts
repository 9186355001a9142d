import type { Predicted, Sample } from '../../src-shared/deploy';

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
export function predictionIn(body: unknown): Predicted | undefined {
  if (!isRecord(body) || !Array.isArray(body.predictions)) return undefined;
  const found: unknown = body.predictions[0];
  if (typeof found === 'number') return found;
  if (!isRecord(found) || typeof found.class !== 'string' || !isRecord(found.probabilities)) return undefined;
  const numbers = Object.entries(found.probabilities).filter((entry): entry is [string, number] => {
    return typeof entry[1] === 'number';
  });
  return { class: found.class, probabilities: Object.fromEntries(numbers) };
}

/** The sentence of a server that refused. */
export function complaintIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  return isRecord(body) && typeof body.error === 'string' ? body.error : undefined;
}

/** How far two runtimes may differ in the last digits of single precision and still say the same. */
const tolerance = 1e-3;

/** Whether an endpoint says what the app does. */
export function isSamePrediction(given: Predicted, expected: Sample['predicted']): boolean {
  if (typeof given === 'number' || typeof expected === 'number') {
    if (typeof given !== typeof expected) return false;
    return Math.abs(Number(given) - Number(expected)) <= tolerance * Math.max(1, Math.abs(Number(expected)));
  }
  const names = Object.keys(expected.probabilities);
  return names.every((name) => {
    return Math.abs((given.probabilities[name] ?? Number.NaN) - (expected.probabilities[name] ?? 0)) <= tolerance;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
