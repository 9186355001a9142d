import { foldTransposes } from './fold-transposes';
import type { OnnxGraph } from './graph';
import { GraphEdit } from './graph-edit';
import { removeIdentities } from './remove-identities';

/**
 * Rewrites that keep the meaning and drop what only the translation needed: transposes between TensorFlow's image
 * layout and ONNX's, copies, values that nothing reads.
 */
export function simplify(graph: OnnxGraph): OnnxGraph {
  const edit = new GraphEdit(graph);
  removeIdentities(edit);
  foldTransposes(edit);
  return edit.finish();
}
