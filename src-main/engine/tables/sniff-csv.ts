import { isUtf8 } from 'node:buffer';
import { fail } from '../../../src-shared/problem';
import type { CsvOverrides } from '../../../src-shared/runs/values';
import type { SourceFacts } from '../../../src-shared/types/source-facts';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsPort, realFs } from '../../files/fs-port';
import { checkNames, renamedColumns } from './column-names';
import { sniffDialect } from './csv-dialect';
import { columnsOf, exactFacts } from './csv-facts';
import type { Database } from './database';
import { detectEncoding, type Encoding } from './detect-encoding';
import { makeUtf8Copy } from './utf8-copy';

export interface SniffOptions {
  readonly database: () => Promise<Database>;
  readonly tempFolder: string;
  readonly fs?: FsPort;
}

export interface SniffRequest {
  readonly path: string;
  readonly overrides: CsvOverrides;
  /** Looks at the first megabytes only: columns and types, `exact: false`. */
  readonly quick?: boolean;
  readonly signal?: AbortSignal;
}

/** How much of a file in another encoding a quick look decodes. */
const quickBytes = 4_000_000;

/**
 * What a CSV file holds. Fails with a problem that names the place where the file is empty, binary, ragged, or has
 * a text where a number was promised.
 */
export async function sniffCsv(request: SniffRequest, options: SniffOptions): Promise<SourceFacts> {
  const { path, overrides, quick = false, signal } = request;
  const { tempFolder, fs = realFs } = options;
  const encoding = await findEncoding(fs, request);
  const limit = quick ? { limit: quickBytes } : {};
  const copy = encoding === 'utf-8' ? undefined : await makeUtf8Copy(path, { fs, tempFolder, encoding, ...limit });
  try {
    const database = (await options.database()).until(signal);
    const csv = await sniffDialect(database, copy ?? path, { overrides, encoding });
    checkNames(csv, path);
    if (quick) return { columns: columnsOf(csv), csv, exact: false };
    const facts = await exactFacts({ database, path: copy ?? path, options: csv });
    if (facts.rows === 0) fail('csv-no-rows', { file: path }, { param: 'file' });
    const problems = [...(await renamedColumns(database, copy ?? path, csv)), ...(facts.problems ?? [])];
    return problems.length > 0 ? { ...facts, problems } : facts;
  } finally {
    if (copy) await fs.remove(copy);
  }
}

/**
 * By the first piece of the file. What looks like UTF-8 there is read on, because a file may be plain ASCII for
 * megabytes before the first letter that tells.
 */
async function findEncoding(fs: FsPort, { path, overrides, quick, signal }: SniffRequest): Promise<Encoding> {
  const { encoding = 'auto' } = overrides;
  return withDiskProblems(path, async () => {
    let found: Encoding | undefined;
    for await (const piece of fs.readPieces(path)) {
      signal?.throwIfAborted();
      if (found === undefined && isBlank(piece)) continue;
      const isProven = found === undefined || piece.includes(0) || !isUtf8(wholeLines(piece));
      if (isProven) found = readableEncoding(detectEncoding(found === undefined ? piece : wholeLines(piece)), path);
      if (encoding !== 'auto') return encoding;
      if (found !== 'utf-8' || quick) break;
    }
    return found ?? fail('csv-empty', { file: path }, { param: 'file' });
  });
}

function readableEncoding(found: Encoding | 'binary', path: string): Encoding {
  return found === 'binary' ? fail('csv-binary', { file: path }, { param: 'file' }) : found;
}

/** A line feed is never part of a longer character, in UTF-8 or GBK. */
function wholeLines(piece: Uint8Array): Uint8Array {
  const first = piece.indexOf(10);
  return first < 0 ? new Uint8Array(0) : piece.subarray(first + 1, piece.lastIndexOf(10) + 1);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) => byte === 32 || (byte >= 9 && byte <= 13) || byte === 0xef || byte === 0xbb || byte === 0xbf,
  );
}
