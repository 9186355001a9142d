import { RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { currentPlatform, keysOf, takenBy } from '../commands/bindings';
import { allCommands, commandSections } from '../commands/command-list';
import type { Command } from '../commands/define-command';
import { comboOf, showCombo } from '../commands/key-combo';
import { useTranslate } from '../i18n/i18n';
import { useSettings } from '../store/settings';
import { toast } from '../store/ui';
import { changeSettings } from './change-settings';
import { findCommands } from './palette-entries';

/** Every command with its keys; a click and new keys change them. */
export function SettingsKeys() {
  const t = useTranslate();
  const [text, setText] = useState('');
  const found = new Set(findCommands(text.trim()).map(({ id }) => id));
  return (
    <>
      <input
        className="input"
        value={text}
        placeholder={t('app.keysSearch')}
        aria-label={t('app.keysSearch')}
        onChange={({ target }) => setText(target.value)}
      />
      <p className="muted small">{t('app.keysHelp')}</p>
      {commandSections.map(({ title, commands }) => {
        const shown = commands.filter(({ id }) => found.has(id));
        return shown.length === 0 ? null : (
          <section key={title}>
            <h3 className="section-title keys-section">{t(title)}</h3>
            <ul>
              {shown.map((command) => (
                <KeyRow key={command.id} command={command} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function KeyRow({ command }: { readonly command: Command }) {
  const t = useTranslate();
  const chosen = useSettings(({ settings }) => settings.keys);
  const [isListening, setListening] = useState(false);
  const name = t(command.title);
  const keys = keysOf(command, chosen).map((combo) => showCombo(combo, currentPlatform()));
  const listen = (event: KeyboardEvent) => {
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const combo = comboOf(event.nativeEvent, currentPlatform());
    if (event.key === 'Escape') setListening(false);
    else if (combo !== undefined) {
      setListening(false);
      void bind(command, combo === 'Backspace' ? '' : combo);
    }
  };
  return (
    <li className="keys-row">
      <span className="keys-name">{name}</span>
      {Object.hasOwn(chosen, command.id) ? (
        <button
          type="button"
          className="icon-button"
          aria-label={t('app.keysReset', { name })}
          title={t('app.reset')}
          onClick={() => void unbind(command)}
        >
          <RotateCcw size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      ) : null}
      <button
        type="button"
        className="keys-button"
        data-listening={isListening}
        disabled={command.isClipboard}
        aria-label={`${t('app.keysChange', { name })}: ${keys.join(', ') || t('app.keysNone')}`}
        onClick={() => setListening(true)}
        onBlur={() => setListening(false)}
        onKeyDown={listen}
      >
        {isListening ? t('app.keysPress') : keys.length === 0 ? <span className="muted">—</span> : null}
        {isListening
          ? null
          : keys.map((combo) => (
              <kbd key={combo} className="kbd">
                {combo}
              </kbd>
            ))}
      </button>
    </li>
  );

  /** A key has one command: the one that had it loses it. */
  async function bind({ id }: Command, combo: string): Promise<void> {
    const rivals = combo === '' ? [] : takenBy(combo, allCommands, chosen).filter((other) => other.id !== id);
    const lost = rivals.map((rival) => {
      const left = keysOf(rival, chosen).filter((other) => other !== combo);
      return [rival.id, left[0] ?? ''] as const;
    });
    await changeSettings({ keys: { ...chosen, ...Object.fromEntries(lost), [id]: combo } });
    for (const { title } of rivals) {
      const values = { keys: showCombo(combo, currentPlatform()), name: t(title) };
      toast({ tone: 'info', text: t('app.keysTaken', values) });
    }
  }

  async function unbind({ id }: Command): Promise<void> {
    await changeSettings({ keys: Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== id)) });
  }
}
