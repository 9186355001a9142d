import { AlertDialog } from 'radix-ui';
import { type FormEvent, useId, useState } from 'react';
import { useTranslate } from '../i18n/i18n';
import { type Asked, useQuestions } from '../store/question';

/** Shows the first question that waits. Escape is cancel. */
export function QuestionDialog() {
  const asked = useQuestions(({ waiting }) => waiting[0]);
  return (
    <AlertDialog.Root open={asked !== undefined} onOpenChange={() => asked && cancel(asked)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-backdrop question-backdrop" />
        <AlertDialog.Content className="surface dialog question" aria-describedby={undefined}>
          {asked ? <AlertDialog.Title className="dialog-title">{asked.title}</AlertDialog.Title> : null}
          {asked?.kind === 'choice' ? <Choices asked={asked} /> : null}
          {asked?.kind === 'text' ? <TextLine asked={asked} /> : null}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function cancel(asked: Asked): void {
  if (asked.kind === 'choice') asked.answer('cancel');
  else asked.answer(undefined);
}

function Choices({ asked }: { readonly asked: Extract<Asked, { readonly kind: 'choice' }> }) {
  const t = useTranslate();
  return (
    <>
      {asked.text === undefined ? null : <AlertDialog.Description>{asked.text}</AlertDialog.Description>}
      <div className="dialog-buttons">
        <AlertDialog.Cancel className="button">{t('app.cancel')}</AlertDialog.Cancel>
        {asked.choices.map(({ id, label, tone = '' }) => (
          <button key={id} type="button" className={`button ${tone}`} onClick={() => asked.answer(id)}>
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

function TextLine({ asked }: { readonly asked: Extract<Asked, { readonly kind: 'text' }> }) {
  const t = useTranslate();
  const id = useId();
  const [text, setText] = useState(asked.value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) asked.answer(text.trim());
  };
  return (
    <form className="question-form" onSubmit={submit}>
      <label className="muted small" htmlFor={id}>
        {asked.label}
      </label>
      <input
        id={id}
        className="input"
        value={text}
        maxLength={200}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="dialog-buttons">
        <AlertDialog.Cancel className="button">{t('app.cancel')}</AlertDialog.Cancel>
        <button type="submit" className="button primary" disabled={text.trim() === ''}>
          {t('app.ok')}
        </button>
      </div>
    </form>
  );
}
