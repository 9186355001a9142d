#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Stands in for `fpm` where electron-builder wants a .deb and fpm cannot be had: takes the arguments that it is called
 * with, and has dpkg-deb make the package.
 */
const folder = mkdtempSync(join(tmpdir(), 'modelyard-deb-'));
try {
  pack(readArguments(process.argv.slice(2)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @typedef {{ options: Record<string, string>, depends: string[], recommends: string[], files: string[] }} Ask */

/** @param {readonly string[]} args @returns {Ask} */
function readArguments(args) {
  /** @type {Ask} */
  const ask = { options: {}, depends: [], recommends: [], files: [] };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) ask.files.push(word);
    else if (word !== '--force') take(ask, word, args[++at] ?? '');
  }
  return ask;
}

/** @param {Ask} ask @param {string} name @param {string} value */
function take(ask, name, value) {
  if (name === '-d') ask.depends.push(value);
  else if (name === '--deb-recommends') ask.recommends.push(value);
  else ask.options[name.replace(/^--?/, '')] = value;
}

/** @param {Ask} ask */
function pack({ options, depends, recommends, files }) {
  for (const file of files) place(file);
  mkdirSync(join(folder, 'DEBIAN'));
  writeFileSync(join(folder, 'DEBIAN/control'), control(options, depends, recommends));
  for (const [option, script] of [
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ])
    addScript(options[option ?? ''], join(folder, 'DEBIAN', script ?? ''));
  chmodSync(folder, 0o755);
  const kind = { gz: 'gzip', xz: 'xz', bzip2: 'gzip' }[options['deb-compression'] ?? 'xz'] ?? 'xz';
  const level = kind === 'gzip' ? ['-z1'] : [];
  const args = ['--root-owner-group', `-Z${kind}`, ...level, '--build', folder, options.package ?? 'package.deb'];
  execFileSync('dpkg-deb', args, { stdio: 'inherit' });
}

/** @param {string} file `from=to`, a folder where `from` ends with a slash */
function place(file) {
  const at = file.lastIndexOf('=');
  const [from, to] = [file.slice(0, at), join(folder, file.slice(at + 1))];
  mkdirSync(dirname(to), { recursive: true });
  if (statSync(from).isDirectory()) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  else copyFileSync(from, to);
}

/** @param {string | undefined} from @param {string} to */
function addScript(from, to) {
  if (!from) return;
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}

/**
 * @param {Record<string, string>} options
 * @param {readonly string[]} depends
 * @param {readonly string[]} recommends
 */
function control(options, depends, recommends) {
  const [synopsis = '', ...more] = (options.description ?? '').split('\n');
  const fields = {
    Package: options.name,
    Version: options.version,
    Architecture: options.architecture,
    Maintainer: options.maintainer,
    Section: options.category ?? 'science',
    Priority: options['deb-priority'],
    Depends: depends.join(', '),
    Recommends: recommends.join(', '),
    Description: [synopsis.trim(), ...more.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return `${lines.join('\n')}\n`;
}
