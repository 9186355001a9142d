import { Popover } from 'radix-ui';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useNetwork } from '../store/network';
import './network-lamp.css';

/** Green while nothing leaves this machine; else lit, with who is talked to and what about. */
export function NetworkLamp() {
  const t = useTranslate();
  const { talks } = useNetwork();
  const hosts = [...new Set(talks.map(({ to }) => to))].join(', ');
  const isLit = talks.length > 0;
  return (
    <Popover.Root>
      <Popover.Trigger className="network-lamp" data-lit={isLit}>
        <span className="network-dot" aria-hidden="true" />
        <span className="network-text" role="status" title={isLit ? hosts : undefined}>
          {isLit ? hosts : t('deploy.lampQuiet')}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="surface network-talks"
          align="end"
          sideOffset={6}
          aria-label={t('deploy.lampTitle')}
        >
          <h2 className="section-title">{isLit ? t('deploy.lampTalks', { hosts }) : t('deploy.lampQuietLong')}</h2>
          <TalkList />
          <p className="muted small">{t('deploy.lampHelp')}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function TalkList() {
  const language = useLanguage();
  const { talks } = useNetwork();
  if (talks.length === 0) return null;
  return (
    <ul>
      {talks.map(({ to, what }) => (
        <li key={`${to} ${what.en}`}>
          {what[language]} <span className="mono small muted">→ {to}</span>
        </li>
      ))}
    </ul>
  );
}
