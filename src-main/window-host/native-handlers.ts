import type { RequestName } from '../../src-shared/ipc';
import type { HandlerGroup } from '../ipc/handlers';
import type { Native } from '../ipc/native';

type NativeRequest = Extract<RequestName, `dialog:${string}` | `window:${string}` | 'file:reveal'>;

const done = {} as const;

/** What the system around the host does: dialogs, windows, the file manager. */
export function createNativeHandlers(native: Native): HandlerGroup<NativeRequest> {
  return {
    handlers: {
      'dialog:open': (ask, client) => native.dialog('open', ask, client),
      'dialog:save': (ask, client) => native.dialog('save', ask, client),
      'dialog:folder': (ask, client) => native.dialog('folder', ask, client),
      'file:reveal': async ({ path }) => {
        await native.reveal(path);
        return done;
      },
      'window:title': async ({ title, isEdited }, client) => {
        native.setTitle(client, title, isEdited);
        return done;
      },
      'window:new': async () => {
        await native.openWindow();
        return done;
      },
      'window:close': async (_ask, client) => {
        await native.closeWindow(client);
        return done;
      },
      'window:openLink': async ({ url }) => {
        await native.openLink(url);
        return done;
      },
    },
  };
}
