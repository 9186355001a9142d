import type { z } from 'zod';
import type { NodeDefinition } from '../nodes/define-node';
import { type Fix, type Problem, type ProblemValue, problem } from '../problem';
import { type ParamDeclaration, paramsSchema } from '../types/params';
import type { YardNode } from './document';
import { nearNames } from './names';

/** Params with defaults filled in, as `infer`, `layer` and `execute` receive them. */
export type EffectiveParams = Readonly<Record<string, unknown>>;

const schemas = new WeakMap<NodeDefinition, ReturnType<typeof paramsSchema>>();

function schemaOf(definition: NodeDefinition): ReturnType<typeof paramsSchema> {
  const known = schemas.get(definition);
  if (known) return known;
  const schema = paramsSchema(definition.params);
  schemas.set(definition, schema);
  return schema;
}

/** Checks a node's params against their declarations. `params` is absent where they cannot be used. */
export function checkParams(
  definition: NodeDefinition,
  node: Pick<YardNode, 'name' | 'params'>,
): { readonly params?: EffectiveParams; readonly problems: readonly Problem[] } {
  const result = schemaOf(definition).safeParse(node.params);
  if (result.success) return { params: result.data, problems: [] };
  const problems = tightest(result.error.issues).flatMap((issue) => explain(issue, { definition, node }));
  return { problems };
}

/** A number beyond what float64 counts exactly breaks two limits; the declared one, told last, is the one to say. */
export function tightest<I extends Pick<z.core.$ZodIssue, 'code' | 'path'>>(issues: readonly I[]): I[] {
  const byPlace = new Map(issues.map((issue) => [JSON.stringify([issue.code, issue.path]), issue]));
  return [...byPlace.values()];
}

interface Place {
  readonly definition: NodeDefinition;
  readonly node: Pick<YardNode, 'name' | 'params'>;
}

function explain(issue: z.core.$ZodIssue, place: Place): Problem[] {
  const path = issue.path.map(String);
  const param = path.join('.');
  const declaration = declarationAt(place.definition.params, path);
  const more = { node: place.node.name, param, ...withFix(setTo(declaration, param)) };
  const value = shown(valueAt(place.node.params, path));
  const values = { param, value };
  switch (issue.code) {
    case 'too_small':
      return [tooSmall(issue, { values, more })];
    case 'too_big':
      return [tooBig(issue, { values, more })];
    case 'invalid_value':
      return [problem('param-not-an-option', { ...values, options: issue.values.map(String).join(', ') }, more)];
    case 'invalid_union':
      return [problem('param-not-an-option', { ...values, options: variantNames(declaration) }, more)];
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownParam([...path, key], place));
    case 'invalid_format':
      return [problem('param-not-in-form', { ...values, form: 'pattern' in issue ? String(issue.pattern) : '' }, more)];
    default: {
      const expected = 'expected' in issue ? String(issue.expected) : issue.code;
      return [
        problem('param-wrong-type', { ...values, expected: expected === 'int' ? 'whole number' : expected }, more),
      ];
    }
  }
}

interface Told {
  readonly values: Readonly<Record<string, ProblemValue>>;
  readonly more: Partial<Problem>;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, { values, more }: Told): Problem {
  const filled = { ...values, limit: Number(issue.minimum) };
  return issue.inclusive === false
    ? problem('param-not-above', filled, more)
    : problem('param-too-small', filled, more);
}

function tooBig(issue: z.core.$ZodIssueTooBig, { values, more }: Told): Problem {
  const filled = { ...values, limit: Number(issue.maximum) };
  if (issue.origin === 'string') return problem('param-too-long', filled, more);
  return issue.inclusive === false
    ? problem('param-not-below', filled, more)
    : problem('param-too-large', filled, more);
}

function unknownParam(path: readonly string[], { definition, node }: Place): Problem {
  const parent = path.length > 1 ? declarationAt(definition.params, path.slice(0, -1)) : undefined;
  const form = parent?.type === 'variant' ? chosenForm(node.params[path[0] ?? '']) : undefined;
  const declared = parent?.type === 'variant' ? parent.variants[form ?? parent.default]?.params : definition.params;
  const near = nearNames(path.at(-1) ?? '', Object.keys(declared ?? {}));
  const more = { node: node.name, param: path.join('.') };
  return near.length > 0
    ? problem('param-unknown', { param: path.join('.'), near: near.join(', ') }, more)
    : problem('param-unknown-here', { param: path.join('.'), known: Object.keys(declared ?? {}).join(', ') }, more);
}

function chosenForm(value: unknown): string | undefined {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return typeof type === 'string' ? type : undefined;
}

/** The declaration a path leads to: `optimizer.learningRate` is looked for in all forms of `optimizer`. */
function declarationAt(declared: NodeDefinition['params'], path: readonly string[]): ParamDeclaration | undefined {
  const [first = '', second] = path;
  const declaration = Object.hasOwn(declared, first) ? declared[first] : undefined;
  if (declaration?.type !== 'variant' || second === undefined || second === 'type') return declaration;
  return Object.values(declaration.variants)
    .map((form) => (Object.hasOwn(form.params, second) ? form.params[second] : undefined))
    .find((inner) => inner !== undefined);
}

function variantNames(declaration: ParamDeclaration | undefined): string {
  return declaration?.type === 'variant' ? Object.keys(declaration.variants).join(', ') : '';
}

function setTo(declaration: ParamDeclaration | undefined, param: string): Fix | undefined {
  const value = declaration?.default;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return { code: 'set-param', param, to: value };
}

function withFix(fix: Fix | undefined): { fix?: Fix } {
  return fix ? { fix } : {};
}

function valueAt(params: YardNode['params'], path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), params);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): ProblemValue {
  if (value === undefined || value === null) return '—';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value).slice(0, 80);
}
