import { folderSize } from './folder-size.mjs';
import { megabytes, showProgress } from './say.mjs';

/**
 * Shows how much of `total` bytes has arrived below a folder, until it is stopped. `before`: bytes that came earlier;
 * `most`: bytes of what is coming now, of which there are two copies for a moment.
 * @param {string} folder
 * @param {{ title: string, total: number, before?: number, most?: number }} download
 */
export function watchGrowth(folder, { title, total, before = 0, most = total }) {
  const started = Date.now();
  const timer = setInterval(async () => {
    const bytes = await folderSize(folder);
    const rate = bytes / 1e6 / ((Date.now() - started) / 1000);
    const share = Math.floor((100 * (before + Math.min(most, bytes))) / total);
    if (bytes > 0) showProgress(`${title}: ${share} % of ${megabytes(total)}, ${rate.toFixed(1)} MB/s`);
  }, 500);
  return () => clearInterval(timer);
}
