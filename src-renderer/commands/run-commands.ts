import { startRun, stopRun } from '../app/runs';
import { isRunning, runOf } from '../store/runs';
import { activeTab } from '../store/workspace';
import { active } from './active';
import type { Command } from './define-command';
import { settleFields } from './settle-fields';

/** Running the document in front. */
export const runCommands: readonly Command[] = [
  {
    id: 'run.start',
    title: 'commands.run_start',
    keys: ['Mod+Enter'],
    scope: 'window',
    isEnabled: canStart,
    run: () => start({}),
  },
  {
    id: 'run.toHere',
    title: 'commands.run_toHere',
    keys: ['Shift+Enter'],
    scope: 'canvas',
    isEnabled: () => canStart() && picked() !== undefined,
    run: () => {
      const to = picked();
      return to === undefined ? undefined : start({ to });
    },
  },
  {
    id: 'run.withoutCache',
    title: 'commands.run_withoutCache',
    keys: ['Mod+Shift+Enter'],
    scope: 'window',
    isEnabled: canStart,
    run: () => start({ noCache: true }),
  },
  {
    id: 'run.stop',
    title: 'commands.run_stop',
    keys: ['Mod+Alt+Enter'],
    scope: 'window',
    isEnabled: () => {
      const { phase } = runOf(activeTab()?.id);
      return phase !== 'idle' && phase !== 'stopping';
    },
    run: () => {
      const tab = activeTab();
      return tab && stopRun(tab.id);
    },
  },
];

function canStart(): boolean {
  const now = active();
  return now !== undefined && Object.keys(now.document.nodes).length > 0 && !isRunning(now.tab.id);
}

/** The name of the one node that is selected. */
function picked(): string | undefined {
  const now = active();
  const [only, second] = now?.selection.nodes ?? [];
  return only !== undefined && second === undefined ? now?.document.nodes[only]?.name : undefined;
}

async function start(options: { readonly to?: string; readonly noCache?: boolean }): Promise<void> {
  settleFields();
  const tab = activeTab();
  if (tab) await startRun(tab, options);
}
