import { Menu } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useShownKeys } from '../commands/bindings';
import { commandSections } from '../commands/command-list';
import type { Command } from '../commands/define-command';
import { isEnabled, runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';

/** Every command by group, for hosts without a menu bar and for people who look for one. */
export function MainMenu() {
  const t = useTranslate();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button" aria-label={t('app.menu')} title={t('app.menu')}>
        <Menu size={16} strokeWidth={1.75} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="surface menu" align="end" sideOffset={6}>
          {commandSections.map(({ title, commands }) => (
            <DropdownMenu.Sub key={title}>
              <DropdownMenu.SubTrigger className="menu-item">
                {t(title)}
                <span className="menu-arrow" aria-hidden="true">
                  ›
                </span>
              </DropdownMenu.SubTrigger>
              <DropdownMenu.Portal>
                <DropdownMenu.SubContent className="surface menu scroll menu-tall" sideOffset={4} collisionPadding={8}>
                  {commands.map((command) => (
                    <CommandItem key={command.id} command={command} />
                  ))}
                </DropdownMenu.SubContent>
              </DropdownMenu.Portal>
            </DropdownMenu.Sub>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function CommandItem({ command }: { readonly command: Command }) {
  const t = useTranslate();
  const keys = useShownKeys(command);
  return (
    <DropdownMenu.Item
      className="menu-item"
      disabled={!isEnabled(command.id)}
      // The menu gives the focus back first, so that what the command opens keeps it.
      onSelect={() => setTimeout(() => runCommand(command.id))}
    >
      {command.titleNow?.(t) ?? t(command.title)}
      {keys === undefined ? null : <kbd className="kbd">{keys}</kbd>}
    </DropdownMenu.Item>
  );
}
