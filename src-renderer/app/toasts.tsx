import { CircleAlert, Info, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslate } from '../i18n/i18n';
import { dismissToast, type Toast, useUi } from '../store/ui';
import './toasts.css';

/** How long something is said, in milliseconds: long enough to be read twice; with the pointer on it, for ever. */
const shownFor = { info: 4000, error: 9000 } as const;

/** What passes: refusals with their reason, things done. Read out as they come. */
export function Toasts() {
  const t = useTranslate();
  const toasts = useUi((ui) => ui.toasts);
  return (
    <section className="toasts" aria-label={t('app.messages')} aria-live="polite" aria-relevant="additions text">
      {toasts.map((said) => (
        <ToastCard key={said.id} said={said} />
      ))}
    </section>
  );
}

function ToastCard({ said }: { readonly said: Toast }) {
  const t = useTranslate();
  const { id, tone, text, fix, action } = said;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(id), shownFor[tone]);
    return () => clearTimeout(timer);
  }, [id, tone, isHeld]);
  const Icon = tone === 'error' ? CircleAlert : Info;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only reading time hangs on the pointer; keys do it by focus.
    <div
      className="surface toast"
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className="toast-text">
        <p>{text}</p>
        {fix === undefined ? null : <p className="muted">{fix}</p>}
        {action ? (
          <button
            type="button"
            className="button toast-action"
            onClick={() => {
              dismissToast(id);
              action.run();
            }}
          >
            {action.label}
          </button>
        ) : null}
      </div>
      <button type="button" className="icon-button" aria-label={t('app.dismiss')} onClick={() => dismissToast(id)}>
        <X size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}
