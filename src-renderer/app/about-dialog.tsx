import { useTranslate } from '../i18n/i18n';
import { useSettings } from '../store/settings';
import { Logo } from './logo';
import { Modal } from './modal';
import './help.css';

export function AboutDialog() {
  const t = useTranslate();
  const version = useSettings((info) => info.version);
  return (
    <Modal name="about" title={t('app.about')}>
      <div className="about">
        <span className="about-logo">
          <Logo size={48} />
        </span>
        <p className="about-name">{t('app.name')}</p>
        <p className="muted mono">{t('app.aboutVersion', { version })}</p>
        <p>{t('app.aboutText')}</p>
        <p className="muted small">{t('app.aboutLicence')}</p>
      </div>
    </Modal>
  );
}
