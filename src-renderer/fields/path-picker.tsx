import { CornerLeftUp, File, Folder } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { formatBytes } from '../../src-shared/number-text';
import type { Problem } from '../../src-shared/problem';
import type { FolderListing } from '../../src-shared/window-data';
import { problemOf } from '../app/tell';
import { ask } from '../bridge/bridge';
import { useTranslate } from '../i18n/i18n';
import { usePathPicker, type Wish } from './path-picker-store';
import { ProblemLine } from './problem-line';

/** The window's own way to choose a file or a folder of the host, where the host has no dialogs. Mounted once. */
export function PathPicker() {
  const asked = usePathPicker((state) => state.asked);
  return (
    <Dialog.Root open={asked !== undefined} onOpenChange={() => asked?.answer(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-backdrop" />
        <Dialog.Content className="surface dialog path-picker" aria-describedby={undefined}>
          {asked ? <Picker wish={asked.wish} onAnswer={asked.answer} /> : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PickerProps {
  readonly wish: Wish;
  readonly onAnswer: (path: string | undefined) => void;
}

function Picker({ wish, onAnswer }: PickerProps) {
  const t = useTranslate();
  const { listing, found, open } = useListing(wish.folder);
  const [file, setFile] = useState(wish.name ?? '');
  const isFolder = wish.kind === 'folder';
  const chosen = listing && (isFolder ? listing.path : file && joinPath(listing.path, file));
  // Who types fast has named the file before the host has answered where it will lie.
  const [isConfirmed, setConfirmed] = useState(false);
  useEffect(() => {
    if (isConfirmed && chosen) onAnswer(chosen);
  }, [isConfirmed, chosen, onAnswer]);
  const nameFile = (name: string) => {
    setFile(name);
    // What was confirmed was another name.
    setConfirmed(false);
  };
  return (
    <>
      <Dialog.Title className="dialog-title">{wish.title}</Dialog.Title>
      <div className="path-head">
        <button
          type="button"
          className="icon-button"
          aria-label={t('fields.folderUp')}
          disabled={!listing?.parent}
          onClick={() => open(listing?.parent)}
        >
          <CornerLeftUp size={16} aria-hidden="true" />
        </button>
        <span className="mono path-where" title={listing?.path}>
          {listing?.path}
        </span>
      </div>
      {found ? <ProblemLine problem={found} /> : null}
      <Entries
        wish={wish}
        listing={listing}
        file={file}
        onFolder={(name) => listing && open(joinPath(listing.path, name))}
        onFile={nameFile}
        onDone={(name) => listing && onAnswer(joinPath(listing.path, name))}
      />
      {wish.kind === 'save' ? (
        <input
          className="input"
          aria-label={t('fields.fileName')}
          value={file}
          onChange={({ target }) => nameFile(target.value)}
          onKeyDown={({ key }) => key === 'Enter' && file !== '' && setConfirmed(true)}
        />
      ) : null}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => onAnswer(undefined)}>
          {t('app.cancel')}
        </button>
        <button type="button" className="button primary" disabled={!chosen} onClick={() => chosen && onAnswer(chosen)}>
          {t(isFolder ? 'fields.useFolder' : wish.kind === 'save' ? 'fields.save' : 'fields.choose')}
        </button>
      </div>
    </>
  );
}

function useListing(start: string | undefined) {
  const [listing, setListing] = useState<FolderListing>();
  const [found, setFound] = useState<Problem>();
  const open = (path: string | undefined) => {
    ask('folder:list', path === undefined ? {} : { path }).then(
      (next) => {
        setListing(next);
        setFound(undefined);
      },
      (error: unknown) => setFound(problemOf(error)),
    );
  };
  // A folder that is gone, or not to be seen, is no reason to show nothing.
  useEffect(() => {
    ask('folder:list', start ? { path: start } : {})
      .catch(() => ask('folder:list', {}))
      .then(setListing, (error: unknown) => setFound(problemOf(error)));
  }, [start]);
  return { listing, found, open };
}

interface EntriesProps {
  readonly wish: Wish;
  readonly listing: FolderListing | undefined;
  readonly file: string;
  readonly onFolder: (name: string) => void;
  readonly onFile: (name: string) => void;
  readonly onDone: (name: string) => void;
}

function Entries({ wish, listing, file, onFolder, onFile, onDone }: EntriesProps) {
  const t = useTranslate();
  const shown = (listing?.entries ?? []).filter(({ name, kind }) => kind === 'folder' || fits(name, wish));
  if (listing && shown.length === 0) return <p className="muted path-entries">{t('fields.folderEmpty')}</p>;
  return (
    <ul className="path-entries scroll" aria-label={listing?.path}>
      {shown.map(({ name, kind, bytes }) => (
        <li key={name}>
          <button
            type="button"
            className="path-entry"
            aria-pressed={kind === 'file' ? name === file : undefined}
            onClick={() => (kind === 'folder' ? onFolder(name) : onFile(name))}
            onDoubleClick={() => (kind === 'file' ? onDone(name) : undefined)}
          >
            {kind === 'folder' ? (
              <Folder className="path-entry-icon" size={16} aria-hidden="true" />
            ) : (
              <File className="path-entry-icon" size={16} aria-hidden="true" />
            )}
            <span className="path-name">{name}</span>
            {kind === 'file' ? <span className="muted small mono">{formatBytes(bytes)}</span> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

function fits(name: string, { kind, extensions = [] }: Wish): boolean {
  if (kind === 'folder') return false;
  return extensions.length === 0 || extensions.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
}

/** In the way of the host's system, which its own path shows. A path that was typed whole is one already. */
function joinPath(folder: string, name: string): string {
  if (/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(name)) return name;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
