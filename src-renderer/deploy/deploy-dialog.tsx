import { X } from 'lucide-react';
import { Dialog, Tabs } from 'radix-ui';
import { useEffect } from 'react';
import { useTranslate } from '../i18n/i18n';
import { openDialog, useUi } from '../store/ui';
import { type Tab, useActiveTab } from '../store/workspace';
import { BundleStep } from './bundle-step';
import { goTo } from './deploy-actions';
import { type DeployStep, deploySteps, isOpen, useDeploy } from './deploy-store';
import { DeploymentList } from './deployment-list';
import { listenToDeploys } from './send-actions';
import { SendStep } from './send-step';
import { SettingsStep } from './settings-step';
import { TargetStep } from './target-step';
import { UseStep } from './use-step';
import './deploy.css';
import './deploy-parts.css';

const titles = {
  bundle: 'deploy.stepBundle',
  target: 'deploy.stepTarget',
  settings: 'deploy.stepSettings',
  send: 'deploy.stepSend',
  use: 'deploy.stepUse',
} as const;

/** Export and deploy: from a proven model to an address that answers. A deployment goes on while it is closed. */
export function DeployDialog() {
  const t = useTranslate();
  const tab = useActiveTab();
  const isShown = useUi(({ dialog }) => dialog === 'deploy');
  useEffect(listenToDeploys, []);
  if (!tab) return null;
  return (
    <Dialog.Root open={isShown} onOpenChange={(open) => openDialog(open ? 'deploy' : undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-backdrop" />
        <Dialog.Content className="surface dialog deploy-dialog">
          <header className="deploy-header">
            <div>
              <Dialog.Title className="dialog-title">{t('deploy.title')}</Dialog.Title>
              <Dialog.Description className="muted">{t('deploy.subtitle')}</Dialog.Description>
            </div>
            <Dialog.Close className="icon-button" aria-label={t('app.close')}>
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <Steps tab={tab} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Steps({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const panel = useDeploy();
  return (
    // Radix gives back the value of the trigger that was pressed.
    <Tabs.Root
      className="deploy-body"
      orientation="vertical"
      activationMode="manual"
      value={panel.step}
      onValueChange={(step) => goTo(step as DeployStep)}
    >
      <div className="deploy-rail scroll">
        <Tabs.List className="deploy-tabs" aria-label={t('deploy.title')}>
          {deploySteps.map((step, index) => (
            <Tabs.Trigger key={step} className="deploy-tab" value={step} disabled={!isOpen(step, panel)}>
              <span className="deploy-number" aria-hidden="true">
                {index + 1}
              </span>
              {t(titles[step])}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <DeploymentList />
      </div>
      <div className="deploy-content scroll">
        <Tabs.Content value="bundle">
          <BundleStep tab={tab} />
        </Tabs.Content>
        <Tabs.Content value="target">
          <TargetStep />
        </Tabs.Content>
        <Tabs.Content value="settings">
          <SettingsStep tab={tab} />
        </Tabs.Content>
        <Tabs.Content value="send">
          <SendStep />
        </Tabs.Content>
        <Tabs.Content value="use">
          <UseStep />
        </Tabs.Content>
      </div>
      <Footer />
    </Tabs.Root>
  );
}

function Footer() {
  const t = useTranslate();
  const panel = useDeploy();
  const at = deploySteps.indexOf(panel.step);
  const [before, after] = [deploySteps[at - 1], panel.step === 'send' ? undefined : deploySteps[at + 1]];
  return (
    <footer className="dialog-buttons deploy-footer">
      {before ? (
        <button type="button" className="button" onClick={() => goTo(before)} disabled={!isOpen(before, panel)}>
          {t('deploy.back')}
        </button>
      ) : null}
      {after ? (
        <button type="button" className="button primary" onClick={() => goTo(after)} disabled={!isOpen(after, panel)}>
          {t('deploy.next')}
        </button>
      ) : null}
    </footer>
  );
}
