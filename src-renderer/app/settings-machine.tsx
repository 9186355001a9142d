import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { ask } from '../bridge/bridge';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useHostList } from './use-host-list';

const icons = { ok: CircleCheck, missing: CircleAlert, note: Info } as const;

/** What this machine offers to runs, and what it lacks. */
export function SettingsMachine() {
  const t = useTranslate();
  const language = useLanguage();
  const { list } = useHostList(async () => (await ask('app:doctor', {})).lines);
  if (!list) return <p className="muted">{t('app.machineLooking')}</p>;
  return (
    <ul className="machine-list">
      {list.map(({ state, title, detail, fix }) => {
        const Icon = icons[state];
        return (
          <li key={title.en} className="machine-line" data-state={state}>
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
            <div>
              <p className="machine-title">{title[language]}</p>
              <p className="muted">{detail[language]}</p>
              {fix ? <p>{fix[language]}</p> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
