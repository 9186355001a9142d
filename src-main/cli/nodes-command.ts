import { nodes } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { problem } from '../../src-shared/problem';
import { nodeLines } from './node-lines';
import { type CommonOptions, exitCodes, inSession } from './session';
import { alignTable } from './table-text';
import { WrongInput } from './wrong-input';

/** `nodes [KIND]`: every kind there is, or one with its ports and params; with `--json` their whole declarations. */
export function nodesCommand(kind: string | undefined, options: CommonOptions): Promise<void> {
  return inSession(options, async ({ isJson, language, say, terminal, writeJson }) => {
    const chosen = kind === undefined ? [...nodes].sort((a, b) => (a.kind < b.kind ? -1 : 1)) : [nodeOf(kind)];
    if (isJson) {
      for (const { kind, version, title, summary, docs, inputs, outputs, params } of chosen) {
        writeJson({ kind, version, title, summary, docs, inputs, outputs, params });
      }
    } else {
      const rows = chosen.map((node) => [node.kind, node.title[language], node.summary[language]]);
      const lines = kind === undefined ? alignTable(rows) : chosen.flatMap((node) => nodeLines(node, say, language));
      for (const line of lines) terminal.line(line);
    }
    return exitCodes.done;
  });
}

function nodeOf(kind: string): NodeDefinition {
  const found = nodes.find((node) => node.kind === kind);
  if (!found) throw new WrongInput([problem('node-kind-missing', { kind })]);
  return found;
}
