import { z } from 'zod';
import type { Text } from '../text';

/**
 * Parameters of nodes: schema, limits, default, label, help and form hint in one declaration. Documents, the
 * inspector, the command line's `--set` and the docs are all read from it.
 */
interface Described {
  readonly label: Text;
  readonly help?: Text;
  readonly unit?: Text;
  /** Heading under which the inspector shows it. */
  readonly section?: Text;
  /** Shown only while another param of the node has one of these values. */
  readonly showIf?: { readonly param: string; readonly in: readonly (string | number | boolean)[] };
}

export interface IntParam extends Described {
  readonly type: 'int';
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
}
export interface FloatParam extends Described {
  readonly type: 'float';
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  /** The limits themselves are not allowed. */
  readonly exclusive?: boolean;
}
export interface BoolParam extends Described {
  readonly type: 'bool';
  readonly default: boolean;
}
export interface TextParam extends Described {
  readonly type: 'text';
  readonly default: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  /** The texts that fit depend on what is wired: the node's `choices` lists them under this name. */
  readonly options?: string;
}
export interface ChoiceParam<C extends string = string> extends Described {
  readonly type: 'choice';
  readonly default: C;
  readonly options: readonly { readonly value: C; readonly label: Text }[];
}
/** A pair of integers, rows then columns: `kernelSize`, `strides`. */
export interface PairParam extends Described {
  readonly type: 'pair';
  readonly default: readonly [number, number];
  readonly min?: number;
  readonly max?: number;
}
export interface FileParam extends Described {
  readonly type: 'file';
  readonly default: string;
  readonly extensions: readonly string[];
  /** A folder with such files, and with folders of them, in place of one file. */
  readonly isFolder?: true;
}
/** A folder that the node writes to. */
export interface FolderParam extends Described {
  readonly type: 'folder';
  readonly default: string;
}
/** Names of columns of the table at the input `from`; an empty list means what `emptyMeans` says. */
export interface ColumnsParam extends Described {
  readonly type: 'columns';
  readonly default: readonly string[];
  readonly emptyMeans: Text;
}
export interface ColumnParam extends Described {
  readonly type: 'column';
  readonly default: string;
}
/** The name of a secret in the environment or the keychain; never its value. */
export interface SecretParam extends Described {
  readonly type: 'secret';
  readonly default: string;
}
/** One of several forms, each with params of its own: `{ type: 'adam', learningRate: 0.001 }`. */
export interface VariantParam<V extends Record<string, ParamDeclarations> = Record<string, ParamDeclarations>>
  extends Described {
  readonly type: 'variant';
  readonly default: keyof V & string;
  readonly variants: { readonly [K in keyof V]: { readonly label: Text; readonly params: V[K] } };
}
/** Settings by column name, e.g. types and roles that override what was sniffed. */
export interface MapParam<C extends string = string> extends Described {
  readonly type: 'map';
  readonly default: Readonly<Record<string, C>>;
  readonly options: readonly C[];
}

export type ParamDeclaration =
  | IntParam
  | FloatParam
  | BoolParam
  | TextParam
  | ChoiceParam
  | PairParam
  | FileParam
  | FolderParam
  | ColumnsParam
  | ColumnParam
  | SecretParam
  | VariantParam
  | MapParam;
export type ParamDeclarations = { readonly [name: string]: ParamDeclaration };

export type ParamValueOf<D extends ParamDeclaration> = D extends IntParam | FloatParam
  ? number
  : D extends BoolParam
    ? boolean
    : D extends ChoiceParam<infer C>
      ? C
      : D extends PairParam
        ? readonly [number, number]
        : D extends ColumnsParam
          ? readonly string[]
          : D extends MapParam<infer C>
            ? Readonly<Record<string, C>>
            : D extends VariantParam<infer V>
              ? { [K in keyof V & string]: { readonly type: K } & ParamsOf<V[K]> }[keyof V & string]
              : string;
export type ParamsOf<P extends ParamDeclarations> = { readonly [K in keyof P]: ParamValueOf<P[K]> };

type Without<D, K extends string = 'type'> = D extends unknown ? Omit<D, K> : never;
export const int = (declaration: Without<IntParam>): IntParam => ({ type: 'int', ...declaration });
export const float = (declaration: Without<FloatParam>): FloatParam => ({ type: 'float', ...declaration });
export const bool = (declaration: Without<BoolParam>): BoolParam => ({ type: 'bool', ...declaration });
export const text = (declaration: Without<TextParam>): TextParam => ({ type: 'text', ...declaration });
export function choice<const C extends string>(declaration: Omit<ChoiceParam<C>, 'type'>): ChoiceParam<C> {
  return { type: 'choice', ...declaration };
}
export const pair = (declaration: Without<PairParam>): PairParam => ({ type: 'pair', ...declaration });
export const file = (declaration: Without<FileParam>): FileParam => ({ type: 'file', ...declaration });
export const folder = (declaration: Without<FolderParam>): FolderParam => ({ type: 'folder', ...declaration });
export const columns = (declaration: Without<ColumnsParam>): ColumnsParam => ({ type: 'columns', ...declaration });
export const column = (declaration: Without<ColumnParam>): ColumnParam => ({ type: 'column', ...declaration });
export const secret = (declaration: Without<SecretParam>): SecretParam => ({ type: 'secret', ...declaration });
export function variant<const V extends Record<string, ParamDeclarations>>(
  declaration: Omit<VariantParam<V>, 'type'>,
): VariantParam<V> {
  return { type: 'variant', ...declaration };
}
export function map<const C extends string>(declaration: Omit<MapParam<C>, 'type'>): MapParam<C> {
  return { type: 'map', ...declaration };
}

/** The schema of one param: a missing value becomes the default. */
export function paramSchema(declaration: ParamDeclaration): z.ZodType {
  return valueSchema(declaration).default(defaultValue(declaration) as never);
}

/** The schema of all params of a node; unknown names are refused, so that typing errors are seen. */
export function paramsSchema(declarations: ParamDeclarations): z.ZodType<Record<string, unknown>> {
  return z.strictObject(Object.fromEntries(Object.entries(declarations).map(([name, d]) => [name, paramSchema(d)])));
}

export function defaultParams<P extends ParamDeclarations>(declarations: P): ParamsOf<P> {
  // Each default is of its declaration's own type.
  return Object.fromEntries(Object.entries(declarations).map(([name, d]) => [name, defaultValue(d)])) as ParamsOf<P>;
}

function defaultValue(declaration: ParamDeclaration): unknown {
  if (declaration.type !== 'variant') return declaration.default;
  const chosen = declaration.variants[declaration.default];
  return { type: declaration.default, ...defaultParams(chosen?.params ?? {}) };
}

function valueSchema(declaration: ParamDeclaration): z.ZodType {
  switch (declaration.type) {
    case 'int':
      return limited(z.int(), declaration);
    case 'float':
      return limited(z.number(), declaration);
    case 'bool':
      return z.boolean();
    case 'choice':
      return z.enum(declaration.options.map((option) => option.value));
    case 'pair':
      return z.tuple([limited(z.int(), declaration), limited(z.int(), declaration)]);
    case 'columns':
      return z.array(z.string());
    case 'map':
      return z.record(z.string(), z.enum(declaration.options));
    case 'variant':
      return variantSchema(declaration);
    case 'text':
      return textSchema(declaration);
    default:
      return z.string();
  }
}

function limited(
  schema: z.ZodNumber,
  { min, max, exclusive }: { min?: number; max?: number; exclusive?: boolean },
): z.ZodNumber {
  let result = schema;
  if (min !== undefined) result = exclusive ? result.gt(min) : result.min(min);
  if (max !== undefined) result = exclusive ? result.lt(max) : result.max(max);
  return result;
}

function textSchema({ pattern, maxLength }: TextParam): z.ZodType {
  const schema = z.string().max(maxLength ?? 10_000);
  return pattern ? schema.regex(new RegExp(pattern)) : schema;
}

function variantSchema({ variants }: VariantParam): z.ZodType {
  const forms = Object.entries(variants).map(([name, { params }]) =>
    z.strictObject({
      type: z.literal(name),
      ...Object.fromEntries(Object.entries(params).map(([key, d]) => [key, paramSchema(d)])),
    }),
  );
  return z.discriminatedUnion('type', forms as unknown as [z.ZodObject, ...z.ZodObject[]]);
}
