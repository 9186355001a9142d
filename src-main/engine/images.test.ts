import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { ImageForm } from '../../src-shared/runs/run-context';
import { realFs } from '../files/fs-port';
import { createImages } from './images';

const folder = mkdtempSync(join(tmpdir(), 'images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const images = createImages(realFs);
const grey: ImageForm = { height: 1, width: 2, channels: 1, fit: 'stretch' };
const colour: ImageForm = { ...grey, channels: 3 };

function put(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

const raw = (data: Uint8Array | Uint16Array, width: number, channels: 1 | 3 | 4) =>
  sharp(data, { raw: { width, height: data.length / width / channels, channels } });
const red = [255, 0, 0];
const blue = [0, 0, 255];
const pixels = (...colours: readonly (readonly number[])[]) => Uint8Array.from(colours.flat());
const noise = Uint8Array.from({ length: 48 * 48 * 3 }, (_, i) => (i * 7919) % 251);

describe('an image', () => {
  it('is the bytes of its pixels where it has the size that is asked for', async () => {
    const path = put('plain.png', await raw(noise, 48, 3).png().toBuffer());
    const decoded = await images.decode(path, { height: 48, width: 48, channels: 3, fit: 'crop' });
    expect(decoded).toEqual(Buffer.from(noise));
  });

  it.each(['png', 'webp', 'tiff', 'gif'] as const)('is read from %s', async (format) => {
    const path = put(
      `two.${format}`,
      await raw(pixels(red, blue), 2, 3).toFormat(format, { lossless: true, compression: 'lzw' }).toBuffer(),
    );
    expect([...(await images.decode(path, colour))]).toEqual([...red, ...blue]);
  });

  it('is read from JPEG, whatever its name says', async () => {
    const path = put(
      'named.png',
      await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
        .jpeg()
        .toBuffer(),
    );
    expect([...(await images.decode(path, grey))]).toEqual([128, 128]);
  });

  it('is turned as its EXIF data say', async () => {
    const wide = raw(pixels(red, red, red, red, blue, blue, blue, blue), 8, 3).resize(64, 8, { kernel: 'nearest' });
    const turned = put('turned.jpg', await wide.jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer());
    const upright = await images.decode(turned, { height: 8, width: 1, channels: 3, fit: 'stretch' });
    if (typeof upright === 'string') throw new Error(upright);
    expect(upright[0]).toBeGreaterThan(200);
    expect(upright[23]).toBeGreaterThan(200);
  });

  it('has 8 bits where the file has 16, and is white where it is transparent', async () => {
    const deep = await raw(Uint16Array.of(0x8000, 0xffff), 2, 1).toColourspace('grey16').png().toBuffer();
    expect(await sharp(deep).metadata()).toMatchObject({ depth: 'ushort' });
    expect([...(await images.decode(put('deep.png', deep), grey))]).toEqual([128, 255]);
    expect([...(await images.decode(put('deep.png', deep), colour))]).toEqual([128, 128, 128, 255, 255, 255]);
    const clear = await raw(Uint8Array.of(9, 9, 9, 0, 10, 20, 30, 255), 2, 4)
      .png()
      .toBuffer();
    expect([...(await images.decode(put('clear.png', clear), colour))]).toEqual([255, 255, 255, 10, 20, 30]);
  });

  it('is cropped, padded or stretched to another shape', async () => {
    const path = put(
      'wide.png',
      await raw(pixels(red, red, blue, blue, blue, blue, red, red), 8, 3)
        .png()
        .toBuffer(),
    );
    const decode = async (fit: ImageForm['fit']) => [
      ...(await images.decode(path, { height: 2, width: 2, channels: 3, fit })),
    ];
    expect(await decode('crop')).toEqual([...blue, ...blue, ...blue, ...blue]);
    const padded = await images.decode(path, { height: 8, width: 8, channels: 3, fit: 'pad' });
    expect([...padded.slice(0, 3)]).toEqual([0, 0, 0]);
    expect((await decode('stretch')).length).toBe(12);
  });
});

describe('a file that gives no image', () => {
  const whole = () => raw(noise, 48, 3).png().toBuffer();
  const cases: readonly [string, () => Promise<Uint8Array> | Uint8Array, string][] = [
    ['has no bytes', () => new Uint8Array(), 'empty'],
    ['is text', () => Buffer.from('not an image at all'), 'not-an-image'],
    [
      'is a drawing in text',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'not-an-image',
    ],
    ['is cut off', async () => halfOf(await whole()), 'damaged'],
    ['is cut off in its header', async () => (await whole()).subarray(0, 20), 'damaged'],
    ['unpacks to too many pixels', () => bomb(), 'too-large'],
  ];

  it.each(cases)('because it %s is named so', async (_what, bytes, fault) => {
    expect(await images.decode(put('bad.png', await bytes()), grey)).toBe(fault);
  });

  it('is found by its header where that is enough', async () => {
    const found = [];
    for (const [, bytes] of cases) found.push(await images.check(put('bad.png', await bytes())));
    expect(found).toEqual(['empty', 'not-an-image', 'not-an-image', undefined, 'damaged', 'too-large']);
    expect(await images.check(join(folder, 'nowhere.png'))).toBe('damaged');
    expect(await images.check(folder)).toBe('not-an-image');
  });
});

function halfOf(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

/** A few bytes that claim 50,000 × 50,000 pixels. */
async function bomb(): Promise<Buffer> {
  const bytes = await raw(pixels(red, blue), 2, 3).png().toBuffer();
  // Behind the signature: length and name of the header, then width and height, and its checksum.
  bytes.writeUInt32BE(50_000, 16);
  bytes.writeUInt32BE(50_000, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
