import process from 'node:process';
import { nodes } from '../../src-shared/nodes/catalog';
import { realFs } from '../files/fs-port';
import { createDocuments } from './create-documents';
import { documentOf, seedPatch } from './test-documents';

/** Edits and saves one file until it is refused, and says what was answered and told; whoever started it kills it. */
const [, , data = '', path = '', first = '1'] = process.argv;
const client = { id: 'w1', emit: (told: string) => process.send?.({ told }) };
const { handlers } = createDocuments({ fs: realFs, paths: { data, examples: '', allowed: [] }, nodes });
const { id } = await handlers['document:open']({ path }, client);
for (let seed = Number(first); ; seed++) {
  await handlers['document:edit']({ id, label: 'Seed', patches: seedPatch(seed) }, client);
  process.send?.({ edited: seed });
  if (seed % 3 !== 0) continue;
  await handlers['document:save']({ id, document: documentOf(seed) }, client);
  process.send?.({ saved: seed });
}
