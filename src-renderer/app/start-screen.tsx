import { FilePlus2, FolderOpen } from 'lucide-react';
import { runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import { ExampleList } from './example-list';
import { RecentList } from './recent-list';
import { RecoveryList } from './recovery-list';
import './start-screen.css';

/** What there is before a document is open: what this is for, and every way to begin. */
export function StartScreen() {
  const t = useTranslate();
  return (
    <div className="start-screen scroll">
      <div className="start-column">
        <RecoveryList />
        <header className="start-head">
          <h1 className="start-title">{t('app.startTitle')}</h1>
          <p className="start-text">{t('app.startText')}</p>
        </header>
        <section className="start-section">
          <h2 className="section-title">{t('app.startExamples')}</h2>
          <ExampleList />
        </section>
        <section className="start-section">
          <div className="start-row">
            <h2 className="section-title">{t('app.startRecent')}</h2>
            <div className="start-buttons">
              <button type="button" className="button" onClick={() => runCommand('file.new')}>
                <FilePlus2 size={16} strokeWidth={1.75} aria-hidden="true" />
                {t('app.newDocument')}
              </button>
              <button type="button" className="button" onClick={() => runCommand('file.open')}>
                <FolderOpen size={16} strokeWidth={1.75} aria-hidden="true" />
                {t('commands.file_open')}
              </button>
            </div>
          </div>
          <RecentList />
        </section>
      </div>
    </div>
  );
}
