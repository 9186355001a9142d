import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslate } from '../i18n/i18n';
import { openDialog, useUi } from '../store/ui';

interface Props {
  /** Name of the dialog in `ui.dialog`. */
  readonly name: string;
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A dialog with a title and a cross; what is in it exists only while it is open. */
export function Modal({ name, title, className = '', children }: Props) {
  const t = useTranslate();
  const isOpen = useUi(({ dialog }) => dialog === name);
  return (
    <Dialog.Root open={isOpen} onOpenChange={() => openDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-backdrop" />
        <Dialog.Content
          className={`surface dialog ${className}`}
          aria-describedby={undefined}
          onOpenAutoFocus={focusContent}
        >
          <header className="modal-header">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('app.close')}>
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A field where one is meant to be typed into first, else the dialog itself: never the cross that closes it. */
function focusContent(event: Event): void {
  event.preventDefault();
  const { currentTarget: dialog } = event;
  if (!(dialog instanceof HTMLElement)) return;
  (dialog.querySelector<HTMLElement>('[data-first]') ?? dialog).focus();
}
