import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { YardDocument } from '../../../src-shared/document/document';
import { loadDocument } from '../../../src-shared/document/load';
import { lookupNode } from '../../../src-shared/nodes/catalog';
import type { Examples, ExamplesAsk, Preview, PreviewAsk } from '../../../src-shared/preview';
import { answerRequest } from '../answer-request';
import type { EngineParts } from '../engine-parts';
import type { EngineRole } from '../messages';
import { openEngineParts } from '../open-engine-parts';

const examples = join(import.meta.dirname, '../../../resources/examples');

type At = { readonly document: YardDocument; readonly base: string; readonly name: string };

/** The parts of a real engine over a store of its own, in this process, for tests. */
export interface TestLook {
  readonly folder: string;
  readonly parts: EngineParts;
  open(role: EngineRole): Promise<EngineParts>;
  /** A document that comes with the app, as if it were opened where it lies. */
  example(name: string): At;
  preview(at: At, ask: Partial<PreviewAsk> & Pick<PreviewAsk, 'node' | 'port'>): Promise<Preview>;
  examples(at: At, ask: Partial<ExamplesAsk> & Pick<ExamplesAsk, 'node'>): Promise<Examples>;
  close(): Promise<void>;
}

export async function openTestLook(): Promise<TestLook> {
  const folder = mkdtempSync(join(tmpdir(), 'look-'));
  const open = (role: EngineRole) => openEngineParts({ role, store: join(folder, 'store'), storeLimit: 2 ** 34 });
  const parts = await open('look');
  const options = { signal: new AbortController().signal, onEvent: () => undefined };
  const page = { offset: 0, limit: 10 };
  return {
    folder,
    parts,
    open,
    example: (name) => {
      const { document } = loadDocument(readFileSync(join(examples, name), 'utf8'), { lookup: lookupNode });
      if (!document) throw new Error(`${name} cannot be read.`);
      return { document, base: examples, name };
    },
    preview: (at, ask) => answerRequest(parts, { type: 'preview', ask: { ...page, ...at, ...ask } }, options),
    examples: (at, ask) => answerRequest(parts, { type: 'examples', ask: { ...page, ...at, ...ask } }, options),
    close: async () => {
      await parts.tables.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
