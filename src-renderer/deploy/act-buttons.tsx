import { AlertDialog } from 'radix-ui';
import { useTranslate } from '../i18n/i18n';
import { isSending, useDeploy } from './deploy-store';
import { actOnDeployment } from './send-actions';

type Action = 'stop' | 'delete';

const titles = { stop: 'deploy.stopTitle', delete: 'deploy.deleteTitle' } as const;
const texts = { stop: 'deploy.stopText', delete: 'deploy.deleteText' } as const;
const labels = { stop: 'deploy.stop', delete: 'deploy.delete' } as const;

/** Stops or deletes a deployment; asked once. */
export function ActButtons({ name, actions }: { readonly name: string; readonly actions: readonly Action[] }) {
  return (
    <div className="deploy-row">
      {actions.map((action) => (
        <ActButton key={action} name={name} action={action} />
      ))}
    </div>
  );
}

function ActButton({ name, action }: { readonly name: string; readonly action: Action }) {
  const t = useTranslate();
  const isBusy = useDeploy(isSending);
  const look = action === 'delete' ? 'button danger' : 'button';
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={look} disabled={isBusy}>
        {t(labels[action])}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-backdrop" />
        <AlertDialog.Content className="surface dialog">
          <AlertDialog.Title className="dialog-title">{t(titles[action], { name })}</AlertDialog.Title>
          <AlertDialog.Description>{t(texts[action])}</AlertDialog.Description>
          <div className="dialog-buttons">
            <AlertDialog.Cancel className="button">{t('deploy.keep')}</AlertDialog.Cancel>
            <AlertDialog.Action className={look} onClick={() => void actOnDeployment(action)}>
              {t(labels[action])}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
