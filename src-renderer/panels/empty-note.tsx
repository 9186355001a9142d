import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { isEnabled, runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';

interface Props {
  readonly text: string;
  readonly hint?: string | undefined;
  /** The way out: usually a button. */
  readonly children?: ReactNode;
}

/** What a tab says while it has nothing to show. */
export function EmptyNote({ text, hint, children }: Props) {
  return (
    <div className="empty-state bottom-empty">
      <p>{text}</p>
      {hint ? <p className="small">{hint}</p> : null}
      {children}
    </div>
  );
}

export function RunButton() {
  const t = useTranslate();
  return (
    <button type="button" className="button" disabled={!isEnabled('run.start')} onClick={() => runCommand('run.start')}>
      <Play size={14} strokeWidth={1.75} aria-hidden="true" />
      {t('panels.run')}
    </button>
  );
}
