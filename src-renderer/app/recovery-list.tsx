import { History } from 'lucide-react';
import type { Recovery } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { momentText } from '../i18n/format';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { askPerson } from '../store/question';
import { openRecovery } from './documents';
import { orTell } from './tell';
import { useHostList } from './use-host-list';

/** Edits that a crash left behind, with the way back to them. */
export function RecoveryList() {
  const t = useTranslate();
  const language = useLanguage();
  // The host waits a moment for a page that was reloaded before it takes its edits as left behind.
  const { list = [], set } = useHostList(() => ask('recovery:list', {}), { every: 4000 });
  if (list.length === 0) return null;
  const without = (id: string) => set(list.filter((each) => each.id !== id));
  return (
    <section className="recovery" aria-labelledby="recovery-title">
      <History size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className="recovery-body">
        <h2 id="recovery-title" className="recovery-title">
          {t('app.startRecover')}
        </h2>
        <p className="muted">{t('app.startRecoverText')}</p>
        <ul className="recovery-list">
          {list.map((recovery) => (
            <li key={recovery.id} className="recovery-row">
              <span className="recovery-name" title={recovery.path}>
                {recovery.name}
              </span>
              <span className="muted small">
                {t('app.recoverEdits', { count: recovery.edits, time: momentText(recovery.editedAt, language) })}
              </span>
              <button
                type="button"
                className="button"
                onClick={() => void discard(recovery).then((isGone) => isGone && without(recovery.id))}
              >
                {t('app.discard')}
              </button>
              <button type="button" className="button primary" onClick={() => void openRecovery(recovery.id)}>
                {t('app.recover')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );

  async function discard({ id, name }: Recovery): Promise<boolean> {
    const choice = await askPerson({
      title: t('app.discardTitle', { name }),
      text: t('app.discardText'),
      choices: [{ id: 'discard', label: t('app.discard'), tone: 'danger' }],
    });
    return choice === 'discard' && (await orTell(ask('recovery:discard', { id }))) !== undefined;
  }
}
