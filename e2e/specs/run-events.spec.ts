import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import type { Fix, Mending } from '../../src-shared/problem';
import type { PlanState, Reason, RunEventBody } from '../../src-shared/runs/run-event';
import type { Report } from '../../src-shared/runs/values';
import { Modelyard } from '../fixtures/modelyard';

const root = fileURLToPath(new URL('../..', import.meta.url));
const schema = JSON.parse(readFileSync(join(root, 'docs/run-events.schema.json'), 'utf8'));
const page = readFileSync(join(root, 'docs/events.md'), 'utf8');

/** Every type of event: a new one does not compile until it stands here, and then must stand in the schema. */
const types = {
  'run-started': 1,
  'step-planned': 1,
  'step-started': 1,
  'training-progress': 1,
  'training-resumed': 1,
  'epoch-finished': 1,
  progress: 1,
  'checkpoint-saved': 1,
  report: 1,
  parity: 1,
  log: 1,
  problem: 1,
  'step-finished': 1,
  'run-finished': 1,
} satisfies Record<RunEventBody['type'], 1>;

/** Their types are held to the schema beside the code that makes them. */
const deployTypes = ['deploy-planned', 'deploy-step', 'deploy-progress', 'deploy-finished'];
const allTypes = [...Object.keys(types), ...deployTypes];

const reasonCodes = {
  'first-run': 1,
  'param-changed': 1,
  'input-changes': 1,
  'file-changed': 1,
  'code-changed': 1,
  'runner-changed': 1,
  'seed-changed': 1,
  'same-inputs': 1,
  'not-kept': 1,
  'not-finished': 1,
  'not-needed': 1,
  'no-cache': 1,
  'blocked-by': 1,
  problem: 1,
  muted: 1,
  bypassed: 1,
  traced: 1,
  'not-asked': 1,
} satisfies Record<Reason['code'], 1>;

const fixCodes = {
  'set-param': 1,
  'insert-node': 1,
  connect: 1,
  'choose-file': 1,
  'free-space': 1,
  'run-command': 1,
  other: 1,
} satisfies Record<Fix['code'], 1>;

const mendings = {
  'no-target': 1,
  'no-model-input': 1,
  'missing-values': 1,
  'missing-target': 1,
  'text-feature': 1,
  'time-feature': 1,
  unscaled: 1,
} satisfies Record<Mending, 1>;

const planStates = { run: 1, cached: 1, traced: 1, blocked: 1, off: 1 } satisfies Record<PlanState, 1>;
const reportKinds = { classification: 1, regression: 1, score: 1, several: 1, 'cross-validation': 1 } satisfies Record<
  Report['kind'],
  1
>;

describe('the schema of events', () => {
  const sorted = (names: Iterable<string>) => [...names].sort();

  it('names every event, reason, fix, state and report that the code knows', () => {
    const { $defs } = schema;
    const events = schema.oneOf.map(({ $ref }: { $ref: string }) => $ref.split('/').at(-1));
    expect(sorted(events)).toEqual(sorted(allTypes));
    expect(sorted($defs.reason.properties.code.enum)).toEqual(sorted(Object.keys(reasonCodes)));
    expect(sorted($defs.fix.properties.code.enum)).toEqual(sorted(Object.keys(fixCodes)));
    expect(sorted($defs.fix.properties.mends.enum)).toEqual(sorted(Object.keys(mendings)));
    expect(sorted($defs['step-planned'].properties.state.enum)).toEqual(sorted(Object.keys(planStates)));
    expect($defs.reportData.oneOf).toHaveLength(Object.keys(reportKinds).length);
    const kinds = ['classification', 'regression', 'score', 'several', 'crossValidation'].map(
      (kind) => `${kind}Report`,
    );
    expect(sorted(kinds.map((name) => $defs[name].properties.kind.const))).toEqual(sorted(Object.keys(reportKinds)));
  });

  it.each(allTypes)('is explained field by field: %s', (type) => {
    const section = page.split(/^### /m).find((text) => text.startsWith(`\`${type}\``)) ?? '';
    const { type: _type, run: _run, seq: _seq, at: _at, ...fields } = schema.$defs[type].properties;
    const unexplained = Object.keys(fields).filter((field) => !section.includes(`\`${field}\``));
    expect(section).not.toBe('');
    expect(unexplained).toEqual([]);
  });
});

describe.sequential('the events of real runs', () => {
  const ajv = new Ajv2020({ strictTypes: false, allErrors: true });
  ajv.addSchema(schema, 'events');
  const seen = new Set<string>();
  const modelyard = new Modelyard();
  const penguins = join(root, 'resources/examples/penguins.yard');
  const digits = join(root, 'resources/examples/digits-cnn.yard');

  beforeAll(async () => {
    await build();
  });
  afterAll(() => modelyard.close());

  /** Every line that is not as documented, with what is wrong. */
  async function faults(...args: string[]): Promise<unknown[]> {
    const { out } = await modelyard.run(...args, '--json');
    const lines = out.trim().split('\n');
    return lines.flatMap((line) => {
      const event = JSON.parse(line);
      seen.add(event.type);
      const validate = ajv.getSchema(`events#/$defs/${event.type}`);
      return validate?.(event) ? [] : [{ line: line.slice(0, 300), errors: validate?.errors ?? 'no such event' }];
    });
  }

  const runs: readonly (readonly [string, readonly string[]])[] = [
    ['classification with cross-validation', ['run', penguins, '--set', 'train.epochs=2']],
    ['the same again, all cached', ['run', penguins, '--set', 'train.epochs=2']],
    [
      'regression',
      [
        ...['run', penguins, '--to', 'test', '--set', 'train.epochs=2', '--set', 'train.loss=meanSquaredError'],
        ...['--set', 'split.by=random', '--set', 'split.target=body_mass_g'],
        ...['--set', 'dense_1.units=1', '--set', 'dense_1.activation=linear'],
      ],
    ],
    ['a loss that is not a number', ['run', penguins, '--to', 'train', '--set', 'train.optimizer.learningRate=1e30']],
    ['a wrong parameter', ['run', penguins, '--set', 'dense.units=0']],
  ];
  it.each(runs)('are as documented: %s', async (_what, args) => {
    expect(await faults(...args)).toEqual([]);
  });

  it('are as documented: images, mistakes, an export and a deployment, and every event has been seen', async () => {
    const small = ['--set', 'digits.limit=300', '--set', 'train.epochs=1'];
    expect(await faults('export', digits, '--to', modelyard.path('bundle'), ...small)).toEqual([]);
    const target = ['--target', 'folder', '--config', `to=${modelyard.path('sent')}`];
    expect(await faults('deploy', modelyard.path('bundle'), ...target)).toEqual([]);
    // No node of today logs; a training is resumed only after a kill, in `digits.spec.ts`.
    const unseen = ['log', 'training-resumed'];
    expect([...seen].sort()).toEqual(allTypes.filter((type) => !unseen.includes(type)).sort());
  });

  it('refuses a field that is not documented', () => {
    const validate = ajv.getSchema('events#/$defs/step-started');
    const event = { type: 'step-started', run: 'r', seq: 1, at: '2026-01-01T00:00:00.000Z', node: 'train' };
    expect(validate?.(event)).toBe(true);
    expect(validate?.({ ...event, colour: 'red' })).toBe(false);
  });
});
