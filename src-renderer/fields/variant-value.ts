import type { ParamValue } from '../../src-shared/document/document';
import { ownEntry } from '../../src-shared/document/own-entry';
import type { ParamDeclarations, VariantParam } from '../../src-shared/types/params';

interface Chosen {
  readonly type: string;
  readonly params: ParamDeclarations;
  readonly values: Readonly<Record<string, ParamValue>>;
}

/** The form that a variant's value has, with its params and their values. */
export function variantOf(value: unknown, declaration: VariantParam): Chosen {
  const record = asRecord(value);
  const named = typeof value === 'string' ? value : record.type;
  const type = typeof named === 'string' && Object.hasOwn(declaration.variants, named) ? named : declaration.default;
  const { type: _type, ...values } = record;
  return { type, params: ownEntry(declaration.variants, type)?.params ?? {}, values };
}

function asRecord(value: unknown): Readonly<Record<string, ParamValue>> {
  // Params of a document are plain data.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, ParamValue>>)
    : {};
}
