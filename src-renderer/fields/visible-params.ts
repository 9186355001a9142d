import { ownEntry } from '../../src-shared/document/own-entry';
import type { Text } from '../../src-shared/text';
import type { ParamDeclaration, ParamDeclarations } from '../../src-shared/types/params';

type Values = Readonly<Record<string, unknown>>;

export interface ParamSection {
  readonly title?: Text;
  readonly params: readonly (readonly [name: string, declaration: ParamDeclaration])[];
}

/** The params to show, by section in the order of their declaration; `showIf` looks at what is chosen now. */
export function visibleSections(declarations: ParamDeclarations, values: Values): ParamSection[] {
  const sections = new Map<string, { title?: Text; params: [string, ParamDeclaration][] }>();
  for (const [name, declaration] of Object.entries(declarations)) {
    if (!isShown(declaration, declarations, values)) continue;
    const { section } = declaration;
    const key = section?.en ?? '';
    const known = sections.get(key) ?? { ...(section ? { title: section } : {}), params: [] };
    known.params.push([name, declaration]);
    sections.set(key, known);
  }
  return [...sections.values()];
}

/** A param that hangs on a hidden one is hidden too. */
function isShown({ showIf }: ParamDeclaration, declarations: ParamDeclarations, values: Values): boolean {
  if (!showIf) return true;
  const other = ownEntry(declarations, showIf.param);
  if (!other) return true;
  const value = choiceOf(ownEntry(values, showIf.param) ?? other.default);
  return showIf.in.some((allowed) => allowed === value) && isShown(other, declarations, values);
}

/** The form of a variant counts as its value. */
function choiceOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'type' in value ? value.type : value;
}
