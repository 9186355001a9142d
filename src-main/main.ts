import { app } from 'electron';
import { endWithFault } from './shell/fault';
import { setUpGuards, setUpPermissions } from './shell/guards';
import { setUpHost } from './shell/host';
import { setUpLifetime } from './shell/lifetime';
import { setUpMenus } from './shell/menus';
import { setUpOpenFiles, setUpSingleInstance } from './shell/open-files';
import { setUpPageFaults } from './shell/page-faults';
import { setUpPage, setUpScheme } from './shell/page-scheme';
import { findPlaces } from './shell/places';
import { Preferences } from './shell/preferences';
import { setUpCrashDumps, setUpProfile, setUpSandbox } from './shell/profile';
import { setUpRequests } from './shell/requests';
import { Windows } from './shell/windows';

/** The desktop app's shell: windows, menus, dialogs, the page's address. Documents and runs live in the host process. */
setUpProfile();
setUpCrashDumps();
if (setUpSingleInstance()) {
  setUpSandbox();
  setUpScheme();
  setUpGuards();
  app.whenReady().then(start).catch(endWithFault);
}

async function start(): Promise<void> {
  const places = findPlaces(process.env);
  const windows = new Windows(places);
  const preferences = new Preferences();
  const showMenus = () => setUpMenus(windows, preferences);
  setUpPermissions();
  setUpPage(places.page);
  setUpPageFaults(windows, preferences);
  const host = await setUpHost({ places, windows, preferences, onSettings: showMenus });
  showMenus();
  setUpRequests(host, windows);
  setUpLifetime(host, windows);
  setUpOpenFiles(windows);
}
