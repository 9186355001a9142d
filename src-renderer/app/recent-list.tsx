import { FileText } from 'lucide-react';
import { ask } from '../bridge/bridge';
import { momentText } from '../i18n/format';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { openDialog } from '../store/ui';
import { openPath } from './documents';
import { orTell } from './tell';
import { useHostList } from './use-host-list';

/** What was open lately; what is not there any more is greyed and can be forgotten. */
export function RecentList() {
  const t = useTranslate();
  const language = useLanguage();
  const { list, set } = useHostList(() => ask('document:recent', {}));
  if (!list) return null;
  if (list.length === 0) return <p className="muted">{t('app.startNothingRecent')}</p>;
  const forget = async (path: string) => {
    const left = await orTell(ask('document:forget', { path }));
    if (left) set(left);
  };
  return (
    <ul className="recent-list">
      {list.map(({ path, name, openedAt, isMissing }) => (
        <li key={path} className="recent-row">
          <button
            type="button"
            className="recent-open"
            disabled={isMissing}
            onClick={() => {
              openDialog(undefined);
              void openPath(path);
            }}
          >
            <FileText size={16} strokeWidth={1.75} aria-hidden="true" />
            <span className="recent-name">{name}</span>
            <span className="recent-path muted small" title={path}>
              {/* The end of a path says more than its beginning. */}
              <bdi>{path}</bdi>
            </span>
            <span className="muted small">{isMissing ? t('app.missing') : momentText(openedAt, language)}</span>
          </button>
          {isMissing ? (
            <button
              type="button"
              className="button recent-forget"
              aria-label={t('app.forgetNamed', { name })}
              onClick={() => void forget(path)}
            >
              {t('app.forget')}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
