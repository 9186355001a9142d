import type { Note } from '../../src-shared/document/document';
import { removeNote, updateNote } from '../../src-shared/document/edit-notes';
import type { Language } from '../../src-shared/text';
import { NumberInput } from '../fields/number-input';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { TextArea } from './text-area';

/** A note's text and size. */
export function NoteView({ tab, id }: { readonly tab: Tab; readonly id: string }) {
  const t = useTranslate();
  const language = useLanguage();
  const note = useDocument(tab.editor).notes[id];
  if (!note) return null;
  const change = (part: Partial<Note>) => {
    return tab.editor.edit('note.set', (document) => updateNote(document, id, part)) === undefined;
  };
  const isDisabled = tab.readOnly !== undefined;
  const [width, height] = note.size;
  const size = { isInt: true, min: 80, max: 4000, isDisabled, onWrong: () => undefined };
  const resize = (next: Note['size']) => next.every((side) => side >= 80) && change({ size: next });
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-title">{t('inspector.note')}</h2>
      </header>
      <TextArea
        label={t('inspector.noteText')}
        value={textOf(note, language)}
        isDisabled={isDisabled}
        onCommit={(text) => change({ text: withText(note, text, language) })}
      />
      <div className="param-row">
        <div className="param-label">{t('inspector.size')}</div>
        <div className="field-pair">
          <NumberInput
            {...size}
            label={t('inspector.width')}
            value={width}
            onCommit={(next) => resize([next, height])}
          />
          <span aria-hidden="true">×</span>
          <NumberInput
            {...size}
            label={t('inspector.height')}
            value={height}
            onCommit={(next) => resize([width, next])}
          />
        </div>
      </div>
      <div className="inspector-actions">
        <button
          type="button"
          className="button danger"
          disabled={isDisabled}
          onClick={() => tab.editor.edit('note.remove', (document) => removeNote(document, id))}
        >
          {t('inspector.remove')}
        </button>
      </div>
    </>
  );
}

function textOf({ text }: Note, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

/** A note in both languages stays one: the language that is read changes. */
function withText({ text }: Note, next: string, language: Language): Note['text'] {
  return typeof text === 'string' ? next : { ...text, [language]: next };
}
