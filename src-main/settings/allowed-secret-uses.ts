import { join } from 'node:path';
import { z } from 'zod';
import { isSameUse, type SecretUse } from '../../src-shared/secret-use';
import { Turns } from '../documents/turns';
import type { FsPort } from '../files/fs-port';
import { JsonFile } from '../files/json-file';

const fileSchema = z.looseObject({
  uses: z.array(z.object({ secret: z.string(), target: z.string(), host: z.string() })).default([]),
});

/**
 * Where each secret may go, by its name, in `secret-uses.json` of the app's data folder: the targets and hosts that it
 * was entered for, and those that a person has agreed to since. Values are not in here.
 */
export class AllowedSecretUses {
  private readonly turns = new Turns();
  private readonly file: JsonFile<z.infer<typeof fileSchema>>;

  constructor(fs: FsPort, folder: string) {
    this.file = new JsonFile(fs, join(folder, 'secret-uses.json'), fileSchema);
  }

  async list(): Promise<readonly SecretUse[]> {
    return (await this.turns.run(() => this.file.read())).uses;
  }

  allow(uses: readonly SecretUse[]): Promise<void> {
    return this.change((known) => {
      const all = [...known];
      for (const use of uses) if (!all.some((each) => isSameUse(each, use))) all.push(use);
      return all;
    });
  }

  /** A value that is new, or gone, has only these uses. */
  begin(secret: string, uses: readonly SecretUse[]): Promise<void> {
    return this.change((known) => [...known.filter((each) => each.secret !== secret), ...uses]);
  }

  private change(edit: (known: readonly SecretUse[]) => SecretUse[]): Promise<void> {
    return this.turns.run(async () => {
      const all = await this.file.read();
      await this.file.write({ ...all, uses: edit(all.uses) });
    });
  }
}
