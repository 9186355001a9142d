import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../src-shared/problem';
import type { ExampleDocument, OpenedDocument } from '../../src-shared/window-data';
import { copyFile } from '../files/copy-file';
import { withDiskProblems } from '../files/disk-problem';
import { listIfThere, statIfThere } from '../files/fs-port';
import { JsonFile } from '../files/json-file';
import type { Client } from '../ipc/handlers';
import { beginDraft } from './begin-document';
import type { DocumentParts } from './document-parts';
import { filesNamed } from './file-params';
import { readWhole } from './open-file';
import { isInside } from './relative-path';

const text = z.object({ en: z.string(), zh: z.string() });
const titlesSchema = z.record(z.string(), z.object({ title: text, summary: text }));

/** The pipelines that come with the app, as `titles.json` beside them names them. */
export async function listExamples({ fs, paths }: DocumentParts): Promise<readonly ExampleDocument[]> {
  const titles = await new JsonFile(fs, join(paths.examples, 'titles.json'), titlesSchema).read();
  const files = (await listIfThere(fs, paths.examples)).filter((name) => name.endsWith('.yard'));
  // By their names: with the ending a longer name would come before the one that it begins with.
  const names = files.map((file) => file.slice(0, -'.yard'.length)).sort();
  return names.map((name) => {
    const plain = { en: name, zh: name };
    return { name, ...((Object.hasOwn(titles, name) ? titles[name] : undefined) ?? { title: plain, summary: plain }) };
  });
}

/** Opens an example as a document without a file; its data are copied, so that it can be changed and handed on whole. */
export async function openExample(parts: DocumentParts, name: string, client: Client): Promise<OpenedDocument> {
  const { fs, lookup, paths } = parts;
  const example = (await listExamples(parts)).find((each) => each.name === name) ?? fail('example-missing', { name });
  const { document, problems, base: from } = await readWhole(parts, join(paths.examples, `${name}.yard`));
  const open = await beginDraft(parts, client, {
    name: example.title[parts.language()],
    document,
    fill: async (base) => {
      for (const file of filesNamed(document, lookup)) {
        const [source, target] = [join(from, file), join(base, file)];
        if (!isInside(base, target) || (await statIfThere(fs, source))?.kind !== 'file') continue;
        await withDiskProblems(target, () => copyFile(fs, source, target));
      }
    },
  });
  return open.view(problems);
}
