import type { OnnxNode } from './graph';
import type { GraphEdit } from './graph-edit';

/** Removes copies. A copy that gives an output its name stays where the tensor has its own name to keep. */
export function removeIdentities(edit: GraphEdit): void {
  for (const node of edit.nodes.filter(({ opType }) => opType === 'Identity')) {
    const current = edit.nodes.find(({ outputs }) => outputs[0] === node.outputs[0]);
    if (current) removeIdentity(edit, current);
  }
}

function removeIdentity(edit: GraphEdit, node: OnnxNode): void {
  const [from = '', to = ''] = [node.inputs[0], node.outputs[0]];
  if (!edit.isOutput(to)) {
    edit.replace(node, []);
    edit.redirect(to, from);
    return;
  }
  const producer = edit.producer(from);
  if (!producer || edit.isOutput(from)) return;
  edit.replace(node, []);
  edit.redirect(from, to);
  const renamed = edit.producer(from) ?? producer;
  edit.replace(renamed, [{ ...renamed, outputs: renamed.outputs.map((output) => (output === from ? to : output)) }]);
}
