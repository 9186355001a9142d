import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { channels, type RequestName, requestNames } from '../../src-shared/ipc';
import { problem } from '../../src-shared/problem';
import type { HostAnswer } from '../../src-shared/shell-link';
import { mainFrameAddress } from './electron-differences';
import type { HostLink } from './host-link';
import { isOwnPage } from './page-scheme';
import { noteRecentDocument } from './recent-documents';
import type { Windows } from './windows';

/** The one place where a page is heard: who asks is checked here, what is asked by the host. */
export function setUpRequests(host: HostLink, windows: Windows): void {
  ipcMain.handle(channels.ask, async (event, name: unknown, ask: unknown): Promise<HostAnswer> => {
    const client = trustedClient(event, windows);
    if (client === undefined || !isRequestName(name))
      return { ok: false, problem: problem('request-unknown', { request: String(name).slice(0, 50) }) };
    const answer = await host.ask(client, name, ask);
    noteRecentDocument(name, answer);
    return answer;
  });
  ipcMain.on(channels.closingHeard, (event) => windows.closingHeard(event.sender));
}

/** The client that a message comes from: the main frame of our own page in one of our windows. */
function trustedClient(event: IpcMainInvokeEvent, windows: Windows): string | undefined {
  const address = mainFrameAddress(event);
  return address !== undefined && isOwnPage(address) ? windows.clientOf(event.sender) : undefined;
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.keys(requestNames).includes(name);
}
