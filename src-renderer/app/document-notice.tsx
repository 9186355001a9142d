import { CircleAlert, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { explainProblem } from '../../src-shared/problems/sentences';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { Tab } from '../store/workspace';
import { keepMine, reload, takeOver } from './documents';
import { saveAs } from './save-documents';
import { orTell } from './tell';
import './document-notice.css';

/** What stands between a document and its file: it can only be looked at, or the file is another by now. */
export function DocumentNotice({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const language = useLanguage();
  const { readOnly, changedOutside: changed, name } = tab;
  if (readOnly) {
    const canTake = readOnly.code === 'document-open-elsewhere';
    return (
      <Notice
        icon={<Lock size={16} strokeWidth={1.75} aria-hidden="true" />}
        text={explainProblem(readOnly, language).text}
      >
        {canTake ? (
          <button type="button" className="button" onClick={() => void takeOver(tab.id)}>
            {t('app.readOnlyTakeOver')}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void orTell(saveAs(tab))}>
          {t('app.saveCopy')}
        </button>
      </Notice>
    );
  }
  if (!changed) return null;
  return (
    <Notice
      icon={<CircleAlert size={16} strokeWidth={1.75} aria-hidden="true" />}
      text={t(changed.isMissing ? 'app.missingOutside' : 'app.changedOutside', { name })}
    >
      {changed.isMissing ? null : (
        <button type="button" className="button" onClick={() => void reload(tab)}>
          {t('app.reload')}
        </button>
      )}
      <button type="button" className="button" onClick={() => keepMine(tab.id)}>
        {t('app.keepMine')}
      </button>
    </Notice>
  );
}

interface NoticeProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly children: ReactNode;
}

function Notice({ icon, text, children }: NoticeProps) {
  return (
    <div className="document-notice" role="status">
      {icon}
      <p className="document-notice-text">{text}</p>
      {children}
    </div>
  );
}
