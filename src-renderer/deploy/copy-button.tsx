import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslate } from '../i18n/i18n';

const shownFor = 2_000;

/** Copies a text; `what` names it for those who do not see where the button stands. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const t = useTranslate();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <button type="button" className="button" aria-label={t('deploy.copyOf', { what })} onClick={copy}>
      {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      <span aria-live="polite">{t(isCopied ? 'deploy.copied' : 'deploy.copy')}</span>
    </button>
  );
}
