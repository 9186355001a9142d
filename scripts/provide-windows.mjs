import { findElectron } from './electron.mjs';
import { provideBrowser } from './find-browser.mjs';
import { installTestElectron } from './install-test-electron.mjs';
import { say } from './say.mjs';
import { provideDisplay } from './virtual-display.mjs';

/**
 * What specs of the window need: a browser, an Electron, a screen. What is missing is said; specs that need it skip.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => void }>} `env` for the tests
 */
export async function provideWindows() {
  const browser = await provideBrowser();
  if ('why' in browser) say(browser.why);
  const electron = await findElectron();
  if ('why' in electron && !(await installTestElectron())) say(electron.why);
  const display = await provideDisplay();
  if (!('why' in display)) return { env: display.display ? { DISPLAY: display.display } : {}, stop: display.stop };
  say(display.why);
  return { env: {}, stop: () => {} };
}
