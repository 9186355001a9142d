import { useTranslate } from '../i18n/i18n';
import { ExampleList } from './example-list';
import { Modal } from './modal';
import { RecentList } from './recent-list';
import './start-screen.css';

/** Recent documents and examples, while others are open. */
export function StartDialog() {
  const t = useTranslate();
  return (
    <Modal name="start" title={t('app.openTitle')} className="wide-dialog">
      <div className="modal-body scroll">
        <section className="start-section">
          <h3 className="section-title">{t('app.startRecent')}</h3>
          <RecentList />
        </section>
        <section className="start-section">
          <h3 className="section-title">{t('app.startExamples')}</h3>
          <ExampleList />
        </section>
      </div>
    </Modal>
  );
}
