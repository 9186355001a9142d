import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * One file inside an archive. Sizes in bytes.
 * @typedef {{ name: string, method: number, packed: number, size: number, offset: number }} ZipEntry
 */

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const stored = 0;

/**
 * Unpacks the chosen files of a zip archive (a Python wheel is one) under `folder`, streaming, without reading the
 * archive into memory. Archives over 4 GB (zip64) are not read.
 * @param {string} archive
 * @param {string} folder
 * @param {{ target: (name: string) => string | undefined, onBytes?: (bytes: number) => void }} choice
 *   `target` gives the path under `folder` for an entry, or nothing to leave it out
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(archive, folder, choice) {
  const inside = resolve(folder) + sep;
  let written = 0;
  for (const entry of await readDirectory(archive)) {
    const target = entry.name.endsWith('/') ? undefined : choice.target(entry.name);
    if (target === undefined) continue;
    const path = resolve(join(folder, target));
    if (!path.startsWith(inside)) throw new Error(`The archive names a file outside its folder: ${entry.name}`);
    await mkdir(dirname(path), { recursive: true });
    await extract(archive, entry, path);
    written += 1;
    choice.onBytes?.(entry.size);
  }
  return written;
}

/**
 * @param {string} archive
 * @returns {Promise<ZipEntry[]>}
 */
async function readDirectory(archive) {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || tail.readUInt32LE(end) !== endOfDirectory)
      throw new Error('The download is not a complete archive.');
    return parseDirectory(await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12)));
  } finally {
    await file.close();
  }
}

/** @param {Buffer} bytes */
function parseDirectory(bytes) {
  /** @type {ZipEntry[]} */
  const entries = [];
  let at = 0;
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === directoryEntry) {
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {string} archive
 * @param {ZipEntry} entry
 * @param {string} path
 */
async function extract(archive, entry, path) {
  const file = await open(archive);
  const header = await readAt(file, entry.offset, 30).finally(() => file.close());
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const output = createWriteStream(path);
  if (entry.size === 0) return pipeline([], output);
  const packed = createReadStream(archive, { start, end: start + entry.packed - 1 });
  if (entry.method === stored) return pipeline(packed, output);
  return pipeline(packed, createInflateRaw(), output);
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  await file.read(buffer, 0, length, position);
  return buffer;
}
