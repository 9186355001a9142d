import { currentPlatform, keysOf } from '../commands/bindings';
import { commandSections } from '../commands/command-list';
import { showCombo } from '../commands/key-combo';
import { useTranslate } from '../i18n/i18n';
import { useSettings } from '../store/settings';
import { Modal } from './modal';
import './help.css';

/** All keys on one page, as they are now. */
export function ShortcutsDialog() {
  const t = useTranslate();
  return (
    <Modal name="shortcuts" title={t('app.shortcuts')} className="wide-dialog">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a pointer it is scrolled by keys. */}
      <section className="modal-body scroll" aria-label={t('app.shortcuts')} tabIndex={0} data-first="">
        <div className="shortcuts">
          <Sections />
        </div>
      </section>
    </Modal>
  );
}

function Sections() {
  const t = useTranslate();
  const chosen = useSettings(({ settings }) => settings.keys);
  const sections = commandSections.map(({ title, commands }) => ({
    title,
    rows: commands.flatMap((command) => {
      const keys = keysOf(command, chosen).map((combo) => showCombo(combo, currentPlatform()));
      return keys.length === 0 ? [] : [{ command, keys }];
    }),
  }));
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => (
      <section key={title} className="shortcuts-section">
        <h3 className="section-title">{t(title)}</h3>
        <ul>
          {rows.map(({ command, keys }) => (
            <li key={command.id} className="shortcut">
              <span>{t(command.title)}</span>
              <span className="shortcut-keys">
                {keys.map((combo) => (
                  <kbd key={combo} className="kbd">
                    {combo}
                  </kbd>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </section>
    ));
}
