import { ask } from '../bridge/bridge';
import { pickPath, type Wish } from './path-picker-store';

const dialogs = { file: 'dialog:open', folder: 'dialog:folder', save: 'dialog:save' } as const;

/** Lets a person choose a path: in the system's dialog, or in the window's own where the host has none. */
export async function choosePath(wish: Wish): Promise<string | undefined> {
  const { kind, title, folder, name, extensions } = wish;
  const answer = await ask(dialogs[kind], {
    title,
    ...(folder === undefined ? {} : { folder }),
    ...(name === undefined ? {} : { name }),
    ...(extensions === undefined ? {} : { extensions }),
  });
  if ('path' in answer) return answer.path;
  return 'unsupported' in answer ? pickPath(wish) : undefined;
}
