import { useMemo } from 'react';
import type { NodeId, YardNode } from '../../src-shared/document/document';
import { setParam } from '../../src-shared/document/edit-nodes';
import { wireKey } from '../../src-shared/document/wires';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { Column, WireType } from '../../src-shared/types/ports';
import type { FieldContext } from '../fields/field-context';
import { ParamForm } from '../fields/param-form';
import { useLanguage } from '../i18n/i18n';
import { fixAction } from '../panels/apply-fix';
import { type Analysis, useAnalysis } from '../store/analysis';
import type { Tab } from '../store/workspace';
import { useNodeProblems } from './use-node-problems';

interface Props {
  readonly tab: Tab;
  readonly id: NodeId;
  readonly node: YardNode;
  readonly definition: NodeDefinition;
}

/** The node's params; a change is one undo step. */
export function NodeParams({ tab, id, node, definition }: Props) {
  const problems = useNodeProblems(tab, node.name);
  const context = useFieldContext(tab, id);
  if (Object.keys(definition.params).length === 0) return null;
  return (
    <ParamForm
      declarations={definition.params}
      values={node.params}
      problems={problems}
      context={context}
      onChange={(param, value) =>
        tab.editor.edit('param.set', (document) => setParam(document, { id, param, value }, lookupNode))
      }
    />
  );
}

function useFieldContext(tab: Tab, id: NodeId): FieldContext {
  const language = useLanguage();
  const analysis = useAnalysis((all) => all[tab.id]);
  return useMemo(
    () => ({
      document: tab.id,
      folder: tab.base,
      columns: analysis ? columnsAt(analysis, id) : [],
      choices: analysis ? choicesAt(analysis, id) : {},
      fix: (problem) => fixAction(tab, problem, language),
      ...(tab.readOnly ? { disabled: explainProblem(tab.readOnly, language).text } : {}),
    }),
    [tab, id, analysis, language],
  );
}

/** What fits params whose options depend on what is wired. */
function choicesAt(
  { inference: { graph, types, params } }: Analysis,
  id: NodeId,
): Readonly<Record<string, readonly string[]>> {
  const node = graph.nodes.get(id);
  const own = params.get(id);
  if (!node?.definition?.choices || !own) return {};
  const ports = Object.entries(node.definition.inputs).map(([port, { many }]) => {
    const entering = (node.inputs[port] ?? []).flatMap((ref) => types[wireKey(ref)] ?? []);
    return [port, many ? entering : entering[0]];
  });
  // Ports and params were checked against the definition that erased their names.
  return node.definition.choices(Object.fromEntries(ports) as never, own as never);
}

/** The columns that a node's params may name: those of the table that enters, or those of what it reads. */
function columnsAt({ inference: { types, graph }, facts }: Analysis, id: NodeId): readonly Column[] {
  const node = graph.nodes.get(id);
  const entering = Object.values(node?.inputs ?? {})
    .flat()
    .flatMap((ref) => columnsOf(types[wireKey(ref)]));
  if (entering.length > 0) return entering;
  const leaving = Object.keys(node?.definition?.outputs ?? {}).flatMap((port) => {
    return columnsOf(types[wireKey({ node: id, port })]);
  });
  return leaving.length > 0 ? leaving : (facts[id]?.columns ?? []);
}

function columnsOf(type: WireType | undefined): readonly Column[] {
  return type?.type === 'table' || type?.type === 'dataset' ? type.columns : [];
}
