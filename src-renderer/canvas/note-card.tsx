import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import type { Note } from '../../src-shared/document/document';
import { updateNote } from '../../src-shared/document/edit-notes';
import type { Language } from '../../src-shared/text';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { type NoteNode, ownId } from './flow-nodes';

/** Text on the canvas: double-click to write, drag its corners to resize. */
export const NoteCard = memo(function NoteCard({ id, data: { note, tab }, selected }: NodeProps<NoteNode>) {
  const t = useTranslate();
  const language = useLanguage();
  const [isWriting, setWriting] = useState(false);
  const text = noteText(note, language);
  const change = (part: Partial<Note>) =>
    tab.editor.edit('note.set', (document) => updateNote(document, ownId(id), part));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the inspector writes the note by keyboard
    <div
      className="note-card"
      data-testid={id}
      data-selected={selected || undefined}
      onDoubleClick={() => tab.readOnly === undefined && setWriting(true)}
    >
      <NodeResizer
        isVisible={selected && tab.readOnly === undefined}
        minWidth={80}
        minHeight={40}
        onResizeEnd={(_, { x, y, width, height }) =>
          change({ position: [snap(x), snap(y)], size: [snap(width), snap(height)] })
        }
      />
      {isWriting ? (
        <NoteField
          text={text}
          onDone={(next) => {
            setWriting(false);
            if (next !== undefined && next !== text) change({ text: withText(note, next, language) });
          }}
        />
      ) : (
        <div className="note-text">{text || <span className="muted">{t('canvas.noteEmpty')}</span>}</div>
      )}
    </div>
  );
});

function NoteField({ text, onDone }: { readonly text: string; readonly onDone: (text: string | undefined) => void }) {
  const t = useTranslate();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <textarea
      ref={field}
      className="note-field nodrag nopan nowheel"
      aria-label={t('canvas.note')}
      defaultValue={text}
      onBlur={({ currentTarget }) => onDone(currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') onDone(undefined);
      }}
    />
  );
}

function noteText({ text }: Note, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

/** A note in both languages stays one: the language that is read changes. */
function withText({ text }: Note, next: string, language: Language): Note['text'] {
  return typeof text === 'string' ? next : { ...text, [language]: next };
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}
