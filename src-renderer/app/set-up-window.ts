import { ask, listen } from '../bridge/bridge';
import { setLanguage, setUpI18n } from '../i18n/i18n';
import { runEnded, runEvents, runQueued } from '../store/runs';
import { applySettings, useSettings } from '../store/settings';

/** Everything between the connection and the first picture. */
export async function setUpWindow(): Promise<void> {
  const info = await ask('app:info', {});
  useSettings.setState(info);
  await setUpI18n('en');
  applySettings(info.settings, setLanguage);
  listen('settings:changed', (settings) => applySettings(settings, setLanguage));
  listen('run:events', ({ id, events }) => runEvents(id, events));
  listen('run:queued', ({ id }) => runQueued(id));
  listen('run:ended', ({ id, end, problem }) => runEnded(id, end, problem));
}
