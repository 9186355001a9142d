import { type Zippable, zipSync } from 'fflate';
import type { FsPort } from '../../files/fs-port';
import { readVerified, type VerifiedBundle } from './verified-bundle';

/** A bundle as a zip: names sorted, times fixed, so that the same bundle is the same bytes on every machine. */
export async function zipBundle(fs: FsPort, bundle: VerifiedBundle): Promise<Uint8Array> {
  // Zip files hold local times: these parts are the same in every time zone. The earliest day that the format knows.
  const mtime = new Date(1980, 0, 1, 12);
  const entries: Zippable = {};
  for (const file of bundle.files) {
    entries[`${bundle.name}/${file.path}`] = [await readVerified(fs, bundle, file), { mtime }];
  }
  return zipSync(entries, { level: 6 });
}
