import { Tabs } from 'radix-ui';
import { useTranslate } from '../i18n/i18n';
import { Modal } from './modal';
import { SettingsGeneral } from './settings-general';
import { SettingsKeys } from './settings-keys';
import { SettingsMachine } from './settings-machine';
import './settings.css';

/** What a person can choose for all documents. Everything takes effect at once. */
export function SettingsDialog() {
  const t = useTranslate();
  const pages = [
    { id: 'general', title: t('app.settingsGeneral'), Page: SettingsGeneral },
    { id: 'keys', title: t('app.settingsKeys'), Page: SettingsKeys },
    { id: 'machine', title: t('app.settingsMachine'), Page: SettingsMachine },
  ];
  return (
    <Modal name="settings" title={t('app.settings')} className="wide-dialog">
      <Tabs.Root defaultValue="general" className="modal-tabs">
        <Tabs.List className="segments modal-segments" aria-label={t('app.settings')}>
          {pages.map(({ id, title }) => (
            <Tabs.Trigger key={id} value={id} className="segment">
              {title}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {pages.map(({ id, Page }) => (
          <Tabs.Content key={id} value={id} className="modal-body scroll">
            <Page />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Modal>
  );
}
