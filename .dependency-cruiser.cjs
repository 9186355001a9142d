const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { dirname, join } = require('node:path').posix;

/**
 * What may import what (docs/architecture.md), by folder. Tests may also import catalogues, fixtures and tools.
 */
const test = '\\.(test|test-d|spec)\\.ts$|/test-[^/]+(/|\\.ts$)';
const tfjs = 'node_modules/@tensorflow/tfjs';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Values must not import each other in a circle. Move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'Add the package to package.json, or import the one that is there.',
      severity: 'error',
      from: { path: '^(src-|scripts|e2e)' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-package-in-product',
      comment: 'What ships may not need a dev dependency.',
      severity: 'error',
      from: { path: '^src-', pathNot: test },
      // Electron is what the shell runs inside of; electron-builder packs it.
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/electron/' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { pathNot: test },
      to: { path: test },
    },
    {
      name: 'shared-is-pure',
      comment: 'src-shared knows no Node, DOM or Electron and no other folder: give it what it needs as an argument.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: test },
      to: { path: ['^src-(main|renderer)/', '^e2e/', '^scripts/', '^electron$'] },
    },
    {
      name: 'shared-without-node',
      comment: 'src-shared runs in a browser too. Node belongs into src-main, behind ctx or a port.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-tfjs-as-type',
      comment: 'tfjs is handed in by its runner: use `import type`.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: test },
      to: { path: tfjs, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nodes-on-top',
      comment:
        'Nodes use the compiler and the recipe, never the other way: params, ports and layers are in src-shared/types.',
      severity: 'error',
      from: {
        path: '^src-shared/(ops|compile|recipe|runs|formats|types)/',
        pathNot: [test, '/(fixtures|oracle|samples)/'],
      },
      to: { path: '^src-shared/nodes/' },
    },
    ...unitRules(),
    {
      name: 'plan-and-engine-name-no-node',
      comment: 'No node kind is named outside its own file: look definitions up, or add a field to defineNode.',
      severity: 'error',
      from: { path: '^(src-shared/plan|src-main/engine)/', pathNot: test },
      to: { path: '^src-shared/nodes/[^/]+/' },
    },
    {
      name: 'electron-only-in-shell',
      comment: 'Electron is reached through main.ts, preload.ts and shell/; everything else asks host.ts.',
      severity: 'error',
      from: { path: '^(src-|e2e|scripts)', pathNot: '^src-main/(main\\.ts|preload\\.ts|shell/)' },
      to: { path: '(^|node_modules/)electron($|/)' },
    },
    {
      name: 'main-without-renderer',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'shell-stays-outside',
      comment: 'The command line and the web host run without a window.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(main\\.ts|preload\\.ts|shell/)' },
      to: { path: '^src-main/(main\\.ts|preload\\.ts|shell/)' },
    },
    {
      name: 'preload-knows-only-the-contract',
      severity: 'error',
      from: { path: '^src-main/preload\\.ts$' },
      to: { pathNot: ['^src-shared/ipc\\.ts$', '^electron$', 'node_modules/electron/'] },
    },
    {
      name: 'renderer-behind-bridge',
      comment: 'The window talks to the world only through src-renderer/bridge.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: test },
      to: { path: ['^src-main/', '^e2e/', '^scripts/'] },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'react-flow-only-in-canvas',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: '^src-renderer/canvas/' },
      to: { path: 'node_modules/@xyflow/' },
    },
    {
      name: 'e2e-from-outside',
      comment: 'End-to-end tests use the product as a person does: its commands and windows, and types of src-shared.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^src-(main|renderer)/' },
    },
    {
      name: 'e2e-only-types-of-shared',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^src-shared/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|resources)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'src-main/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

/** What a catalogue lists is a unit; a unit imports neither another of its kind, nor the plan, nor a catalogue's value. */
function unitRules() {
  return catalogues('src-shared').flatMap((catalogue) => {
    const units = unitsOf(catalogue);
    if (units.length === 0) return [];
    const from = `^(${units.map(escapeDots).join('|')})$`;
    const name = dirname(catalogue).replace('src-shared/', '').replaceAll('/', '-');
    return [
      {
        name: `one-of-${name}-knows-no-other`,
        comment: `Units of ${catalogue} do not import each other: move what they share into a file that is none of them.`,
        severity: 'error',
        from: { path: from },
        to: { path: from, dependencyTypesNot: ['type-only'] },
      },
      {
        name: `one-of-${name}-knows-no-catalogue`,
        comment: 'A unit gets lookups as arguments; a catalogue may be imported as a type only.',
        severity: 'error',
        from: { path: from },
        to: { path: ['/catalog\\.ts$', '-list\\.ts$', '^src-shared/plan/'], dependencyTypesNot: ['type-only'] },
      },
    ];
  });
}

function catalogues(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return catalogues(path);
    return entry.name === 'catalog.ts' || entry.name.endsWith('-list.ts') ? [path] : [];
  });
}

function unitsOf(catalogue) {
  const imports = readFileSync(catalogue, 'utf8').matchAll(/^(?:import|export) (?!type)[^;]*?from '(\.[^']+)'/gms);
  return [...imports]
    .map((found) => join(dirname(catalogue), `${found[1]}.ts`))
    .filter(
      (path) =>
        path.startsWith(`${dirname(catalogue)}/`) && existsSync(path) && !/\/(define|build)-[^/]+\.ts$/.test(path),
    );
}

function escapeDots(text) {
  return text.replaceAll('.', '\\.');
}
