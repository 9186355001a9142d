import { nodes } from '../../src-shared/nodes/catalog';
import { type CommonOptions, exitCodes, inSession } from './session';
import { alignTable } from './table-text';

/** `nodes`: every kind there is; with `--json` their whole declarations. */
export function nodesCommand(options: CommonOptions): Promise<void> {
  return inSession(options, async ({ isJson, language, terminal, writeJson }) => {
    const sorted = [...nodes].sort((a, b) => (a.kind < b.kind ? -1 : 1));
    if (isJson) {
      for (const { kind, version, title, summary, docs, inputs, outputs, params } of sorted) {
        writeJson({ kind, version, title, summary, docs, inputs, outputs, params });
      }
    } else {
      const rows = sorted.map((node) => [node.kind, node.title[language], node.summary[language]]);
      for (const line of alignTable(rows)) terminal.line(line);
    }
    return exitCodes.done;
  });
}
