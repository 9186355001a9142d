import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../project.mjs';

/** Fails where a link in a page of this repository leads to a file or a heading that is not there. */
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));

/** Text as it is read: code holds no links. @param {string} path */
function textOf(path) {
  return readFileSync(join(root, path), 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

/** Names of headings as hosts of repositories make them. @param {string} path */
function anchorsOf(path) {
  const headings = readFileSync(join(root, path), 'utf8').match(/^#+ .*$/gm) ?? [];
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** @param {string} page @param {string} link */
function isBroken(page, link) {
  if (/^[a-z]+:/.test(link)) return false;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : join(dirname(page), decodeURIComponent(file));
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
}

const broken = pages.flatMap((page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => isBroken(page, link)).map((link) => `${page}: ${link} leads nowhere`);
});
for (const line of broken) console.error(line);
if (pages.length === 0) console.error('No pages were found.');
process.exitCode = broken.length > 0 || pages.length === 0 ? 1 : 0;
