import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

describe('the package', () => {
  const config = readFileSync('electron-builder.yml', 'utf8');

  test('switches off what Electron could do and this app never needs', () => {
    const block = config.match(/^electronFuses:\n((?: {2}.*\n)+)/m)?.[1] ?? '';
    expect(
      Object.fromEntries(
        block
          .trim()
          .split('\n')
          .map((line) => line.trim().split(': ')),
      ),
    ).toEqual({
      runAsNode: 'false',
      enableCookieEncryption: 'true',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      grantFileProtocolExtraPrivileges: 'false',
    });
  });

  test('holds the Electron that the types and the checks are of', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(config).toContain(`electronVersion: ${devDependencies.electron}\n`);
  });

  test('leaves out no package that host or engines import', () => {
    const left = [...config.matchAll(/"!node_modules\/([^"]+)\/\*\*"/g)].flatMap((found) =>
      expandBraces(found[1] ?? ''),
    );
    expect(left).toContain('react-dom');
    const sources = ['host', 'engine', 'cli', 'parity'].map((name) => readFileSync(`out/${name}.mjs`, 'utf8'));
    const imported = sources.flatMap((source) => [
      ...source.matchAll(/^(?:import|export)[^'"]*["']([^."'][^"']*)["']/gm),
    ]);
    const names = new Set(imported.map((found) => found[1] ?? ''));
    expect(names.size).toBeGreaterThan(3);
    const isLeft = (name: string) => left.some((each) => name === each || name.startsWith(`${each}/`));
    expect([...names].filter(isLeft)).toEqual([]);
  });
});

/** `a/{b,c}` as the two that it names. */
function expandBraces(text: string): string[] {
  const found = text.match(/^(.*)\{([^}]*)\}(.*)$/);
  if (!found) return [text];
  const [, before = '', inside = '', after = ''] = found;
  return inside.split(',').map((part) => before + part + after);
}
