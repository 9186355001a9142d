import { safeParse } from 'secure-json-parse';
import { z } from 'zod';
import { elementCount, type TensorData } from '../../ops/tensor';
import { fail } from '../../problem';
import { elementBytes, fromLittleEndian } from '../tensor-bytes';
import { duplicateKey } from './duplicate-key';
import { safetensorsType } from './write-safetensors';

/** The format's own limit. */
const maxHeaderBytes = 100 * 1024 * 1024;

const size = z.int().min(0);
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(size).max(32),
  data_offsets: z.tuple([size, size]),
});
const metadataSchema = z.record(z.string(), z.string());

type FileType = keyof typeof safetensorsType;
const byFileName = new Map(
  // The keys of this record are exactly its type.
  (Object.keys(safetensorsType) as FileType[]).map((dtype) => [safetensorsType[dtype], dtype]),
);

interface Entry {
  readonly name: string;
  readonly dtype: FileType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file from untrusted bytes. Header at most 100 MB, no duplicate names, every tensor inside the
 * file and as long as its shape says, none overlapping, no bytes left over: else a `ProblemError`
 * `safetensors-damaged` that says what is wrong. Half precision comes back as float32 values.
 */
export function readSafetensors(bytes: Uint8Array): {
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const { text, data } = splitFile(bytes);
  const header = parseHeader(text);
  const { __metadata__: metadata = {}, ...rest } = header;
  const entries = Object.entries(rest).map(([name, value]) => readEntry(name, value));
  checkLayout(entries, data.length);
  const tensors = entries.map(({ name, dtype, shape, begin, end }): [string, TensorData] => [
    name,
    { dtype, shape, data: fromLittleEndian(data.subarray(begin, end), dtype) },
  ]);
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) damaged('its metadata are not texts');
  return { tensors: Object.fromEntries(tensors), metadata: parsed.data ?? {} };
}

function splitFile(bytes: Uint8Array): { readonly text: string; readonly data: Uint8Array } {
  if (bytes.length < 8) damaged('it is shorter than 8 bytes');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) damaged('its header claims to be larger than 100 MB');
  const end = 8 + Number(length);
  if (end > bytes.length) damaged('it ends inside its header');
  return { text: decodeText(bytes.subarray(8, end)), data: bytes.subarray(end) };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return damaged('its header is not UTF-8');
  }
}

function parseHeader(text: string): Record<string, unknown> {
  const parsed: unknown = safeParse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return damaged('its header is not a JSON object');
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) damaged(`the name ${JSON.stringify(twice)} stands in it twice`);
  // Checked above: an object that is not null and not a list.
  return parsed as Record<string, unknown>;
}

function readEntry(name: string, value: unknown): Entry {
  const entry = entrySchema.safeParse(value);
  if (!entry.success) return damaged(`the entry of ${JSON.stringify(name)} is not a tensor's`);
  const dtype = byFileName.get(entry.data.dtype);
  if (!dtype) return damaged(`${JSON.stringify(name)} has the unknown type ${JSON.stringify(entry.data.dtype)}`);
  const [begin, end] = entry.data.data_offsets;
  if (end - begin !== elementCount(entry.data.shape) * elementBytes[dtype]) {
    damaged(`${JSON.stringify(name)} is not as long as its shape says`);
  }
  return { name, dtype, shape: entry.data.shape, begin, end };
}

/** Tensors must lie one after the other, without a gap or an overlap, from the first byte to the last. */
function checkLayout(entries: readonly Entry[], length: number): void {
  const inOrder = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of inOrder) {
    if (begin !== at) damaged(`${JSON.stringify(name)} ${begin < at ? 'overlaps another tensor' : 'leaves a gap'}`);
    at = end;
  }
  if (at > length) damaged('it ends before its last tensor');
  if (at < length) damaged('bytes follow its last tensor');
}

function damaged(what: string): never {
  return fail('safetensors-damaged', { what });
}
