import type { Settings } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { setLanguage } from '../i18n/i18n';
import { applySettings, useSettings } from '../store/settings';
import { orTell } from './tell';

/** Takes effect at once; what the host made of it counts. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const { settings } = useSettings.getState();
  applySettings({ ...settings, ...change }, setLanguage);
  const kept = await orTell(ask('settings:set', { change }));
  applySettings(kept ?? settings, setLanguage);
}
