import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookupNode } from '../../nodes/catalog';
import { loadDocument } from '../load';
import { serialize } from '../save';
import { documentVersion, type Migration, migrate, migrations, type RawDocument } from './migrations';

/** One folder of files as they were saved, never written again: `v1-….yard`, at least one for each version. */
const folder = join(import.meta.dirname, 'frozen');
const files = readdirSync(folder).filter((name) => name.endsWith('.yard'));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const versionOf = (name: string) => Number(/^v(\d+)-/.exec(name)?.[1]);

describe('migrations', () => {
  it('are numbered without a gap', () => {
    expect(migrations.map(({ to }) => to)).toEqual(migrations.map((_, i) => i + 2));
    expect(documentVersion).toBe(migrations.length + 1);
  });

  it('have a frozen file of every version before and of this one', () => {
    const versions = new Set(files.map(versionOf));
    for (let version = 1; version <= documentVersion; version++) expect(versions).toContain(version);
  });

  it('are each called for a frozen file', () => {
    const called = new Set<number>();
    const watched = migrations.map((step): Migration => {
      const call = (document: RawDocument) => {
        called.add(step.to);
        return step.migrate(document);
      };
      return { to: step.to, migrate: call };
    });
    for (const name of files) {
      // Frozen files are whole documents.
      const document = JSON.parse(read(name)) as RawDocument;
      expect(migrate(document, versionOf(name), watched).version).toBe(documentVersion);
    }
    expect([...called].sort()).toEqual(migrations.map(({ to }) => to));
  });

  it('are applied from the version of the file on, in order', () => {
    const steps: Migration[] = [2, 3, 4].map((to) => ({
      to,
      migrate: (document) => ({ ...document, done: [...(document.done as number[]), to] }),
    }));
    expect(migrate({ version: 2, done: [] }, 2, steps)).toEqual({ version: 4, done: [3, 4] });
    expect(migrate({ version: 4, done: [] }, 4, steps)).toEqual({ version: 4, done: [] });
  });
});

describe('frozen files', () => {
  it.each(files)('%s opens and round-trips', (name) => {
    const { document, problems } = loadDocument(read(name), { lookup: lookupNode });
    if (!document) throw new Error(JSON.stringify(problems));
    expect(problems.filter(({ code }) => code !== 'kind-unknown')).toEqual([]);
    const again = loadDocument(serialize(document), { lookup: lookupNode });
    expect(again.document).toEqual(document);
    expect(serialize(again.document ?? document)).toBe(serialize(document));
  });
});
