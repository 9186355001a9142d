import { useEffect, useState } from 'react';
import { useTranslate } from '../i18n/i18n';
import { nodeStateWords } from '../library/node-state-words';
import { useRuns } from '../store/runs';
import { useSelection } from '../store/ui';
import type { Tab } from '../store/workspace';

/** Says what a person who does not see the canvas would miss: what is selected, and how nodes fare in a run. */
export function LiveWords({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const [words, setWords] = useState('');
  const { nodes } = useSelection(tab.id);
  useEffect(() => {
    const names = nodes.flatMap((id) => tab.editor.document.nodes[id]?.name ?? []);
    if (names.length === 1) setWords(t('canvas.saidSelected', { name: names[0] ?? '' }));
    else if (names.length > 1) setWords(t('canvas.saidMany', { count: names.length }));
  }, [nodes, tab.editor, t]);
  useEffect(
    () =>
      useRuns.subscribe((runs, before) => {
        const [now, then] = [runs[tab.id]?.run.nodes ?? {}, before[tab.id]?.run.nodes ?? {}];
        if (now === then) return;
        const changed = Object.entries(now).filter(
          ([name, { state }]) => state !== then[name]?.state && isNews.has(state),
        );
        const [name, run] = changed.at(-1) ?? [];
        if (name !== undefined && run) setWords(t('canvas.saidState', { name, state: t(nodeStateWords[run.state]) }));
      }),
    [tab.id, t],
  );
  return (
    <p className="visually-hidden" aria-live="polite">
      {words}
    </p>
  );
}

/** States worth a word: not that something waits, or was known all along. */
const isNews = new Set(['running', 'done', 'failed', 'cancelled', 'skipped']);
