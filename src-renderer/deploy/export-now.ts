import { type ExportWish, modelNodes, withExport } from '../../src-shared/document/export-edit';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import type { Problem } from '../../src-shared/problem';
import type { RunState } from '../../src-shared/runs/run-state';
import { startRun } from '../app/runs';
import { problemOf } from '../app/tell';
import { isRunning, runOf, useRuns } from '../store/runs';
import type { Tab } from '../store/workspace';
import { loadBundles } from './deploy-actions';
import { useDeploy } from './deploy-store';

/** Models of a document that an export can be made of. */
export function modelsOf({ editor }: Tab): readonly string[] {
  return modelNodes(editor.document, lookupNode).map(({ name }) => name);
}

/**
 * Runs the node that exports; where there is none, one is added behind the model first, as an edit like any other.
 * Rejects with ProblemError where it is not clear which model is meant.
 */
export async function exportNow(tab: Tab, model: string | undefined): Promise<void> {
  const wish: ExportWish = { file: tab.name, ...(model === undefined ? {} : { node: model }) };
  try {
    const { document, to } = withExport(tab.editor.document, wish, { lookup: lookupNode, nodes });
    tab.editor.edit('node.add', () => document);
    useDeploy.setState({ exporting: { isRunning: true } });
    await runTo(tab, to);
    exportEnded(runProblem(tab));
    await loadBundles(tab.id);
  } catch (error) {
    exportEnded(problemOf(error));
  }
}

function exportEnded(problem: Problem | undefined): void {
  useDeploy.setState({ exporting: { isRunning: false, ...(problem ? { problem } : {}) } });
}

/** Runs what a node needs and waits for the end. */
async function runTo(tab: Tab, to: string): Promise<void> {
  await startRun(tab, { to });
  await new Promise<void>((resolve) => {
    const look = () => {
      if (isRunning(tab.id)) return;
      stop();
      resolve();
    };
    const stop = useRuns.subscribe(look);
    look();
  });
}

/** Why the newest run of a document did not do what it was to. */
function runProblem({ id }: Tab): Problem | undefined {
  const { refused, run } = runOf(id);
  return refused.find(({ severity }) => severity === 'error') ?? failureOf(run);
}

function failureOf({ state, problems, nodes: parts }: RunState): Problem | undefined {
  if (state !== 'failed') return undefined;
  const all = [...problems, ...Object.values(parts).flatMap((node) => node.problems)];
  return all.find(({ severity }) => severity === 'error');
}
