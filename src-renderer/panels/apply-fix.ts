import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { setParam } from '../../src-shared/document/edit-nodes';
import { fixEdit, ownerOf } from '../../src-shared/document/fix-edit';
import { mendingNode } from '../../src-shared/document/mending-node';
import { ownEntry } from '../../src-shared/document/own-entry';
import { findNode } from '../../src-shared/document/set-params';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import type { Problem, ProblemValue } from '../../src-shared/problem';
import type { Language } from '../../src-shared/text';
import type { ParamDeclaration } from '../../src-shared/types/params';
import { problemOf, tell } from '../app/tell';
import { ask } from '../bridge/bridge';
import { choosePath } from '../fields/choose-path';
import type { FixAction } from '../fields/field-context';
import { translate } from '../i18n/i18n';
import { openDialog, select } from '../store/ui';
import type { Tab } from '../store/workspace';

const known = { lookup: lookupNode, nodes };

/** What mends a problem with one click; undefined where a person has to think. Never runs by itself. */
export function fixAction(tab: Tab, problem: Problem, language: Language): FixAction | undefined {
  const { document } = tab.editor;
  const id = problem.node === undefined ? undefined : findNode(document, problem.node);
  const { fix } = problem;
  if (tab.readOnly) return undefined;
  if (fix?.code === 'free-space') return { label: translate('panels.fixSpace'), run: () => openDialog('settings') };
  if (id === undefined) return undefined;
  // Whatever is wrong with a file, another one may be chosen.
  if (!fix) return chooseFile(tab, { problem, id, language });
  if (fix.code === 'connect') {
    return { label: translate('panels.fixConnect'), run: () => openConnect(tab, id) };
  }
  if (fix.code === 'choose-file') return chooseFile(tab, { problem, id, language });
  if (fixEdit(document, problem, known) === undefined) return undefined;
  return { label: editLabel(document, { problem, id, language }), run: () => applyEdit(tab, problem) };
}

interface Case {
  readonly problem: Problem;
  readonly id: NodeId;
  readonly language: Language;
}

function openConnect(tab: Tab, id: NodeId): void {
  select(tab.id, { nodes: [id] });
  openDialog('connect');
}

function editLabel(document: YardDocument, { problem, id, language }: Case): string {
  const { fix, port } = problem;
  if (fix?.code === 'insert-node') {
    const title = mendingNode(fix, known)?.definition.title[language] ?? '';
    return translate('panels.fixInsert', { title });
  }
  const param = fix?.param ?? problem.param ?? '';
  const owner = ownerOf(document, { id, param, port }, known);
  const node = owner === undefined ? undefined : ownEntry(document.nodes, owner);
  const declaration = declarationAt(lookupNode(node?.kind ?? '')?.params ?? {}, param);
  const label = declaration?.label[language] ?? param;
  const to = valueText(fix?.to ?? '', declaration, language);
  const values = { label, to, name: node?.name ?? '' };
  if (to === '') return translate('panels.fixEmpty', values);
  return translate(owner === id ? 'panels.fixSet' : 'panels.fixSetOf', values);
}

function declarationAt(params: Readonly<Record<string, ParamDeclaration>>, path: string): ParamDeclaration | undefined {
  const [first = '', inner] = path.split('.');
  const declaration = ownEntry(params, first);
  if (declaration?.type !== 'variant' || inner === undefined) return declaration;
  return Object.values(declaration.variants)
    .map((form) => ownEntry(form.params, inner))
    .find((found) => found !== undefined);
}

function valueText(to: ProblemValue, declaration: ParamDeclaration | undefined, language: Language): string {
  if (declaration?.type === 'choice') {
    return declaration.options.find(({ value }) => value === to)?.label[language] ?? String(to);
  }
  return Array.isArray(to) ? to.join(' × ') : String(to);
}

function applyEdit({ id, editor }: Tab, problem: Problem): void {
  const refusal = editor.edit('fix.apply', (document) => fixEdit(document, problem, known) ?? document);
  if (refusal) tell(refusal);
  else if (problem.node !== undefined) {
    const node = findNode(editor.document, problem.node);
    if (node !== undefined) select(id, { nodes: [node] });
  }
}

function chooseFile(tab: Tab, { problem, id, language }: Case): FixAction | undefined {
  const param = problem.fix?.param ?? problem.param ?? '';
  const kind = ownEntry(tab.editor.document.nodes, id)?.kind ?? '';
  const declaration = ownEntry(lookupNode(kind)?.params ?? {}, param);
  if (declaration?.type !== 'file') return undefined;
  const { extensions, isFolder } = declaration;
  const title = declaration.label[language];
  const wish = isFolder ? ({ kind: 'folder' } as const) : ({ kind: 'file', extensions } as const);
  const choose = async () => {
    const path = await choosePath({ ...wish, title, folder: tab.base });
    if (path === undefined) return;
    const stored = await ask('file:relative', { id: tab.id, path });
    const refusal = tab.editor.edit('param.set', (document) => {
      return setParam(document, { id, param, value: stored.path }, lookupNode);
    });
    if (refusal) tell(refusal);
  };
  return {
    label: translate(isFolder ? 'panels.fixFolder' : 'panels.fixFile'),
    run: () => void choose().catch((error: unknown) => tell(problemOf(error))),
  };
}
