import { useState } from 'react';

/** What is typed, until it is taken: refused text stays; a change from outside (undo) takes its place. */
export function useDraft(shown: string, take: (text: string) => boolean) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string }>();
  const isCurrent = draft !== undefined && draft.of === shown;
  const text = isCurrent ? draft.text : shown;
  const finish = (typed = text) => {
    if (take(typed)) setDraft(undefined);
    else setDraft({ text: typed, of: shown });
  };
  return {
    text,
    type: (typed: string) => setDraft({ text: typed, of: shown }),
    /** Enter, or leaving the field. */
    finish: () => {
      if (isCurrent) finish();
    },
    /** A step by key: typed and taken at once. */
    put: (typed: string) => finish(typed),
    /** Escape: what was typed goes. */
    drop: () => {
      setDraft(undefined);
      if (isCurrent) take(shown);
    },
  };
}
