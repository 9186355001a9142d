import type { DeployEvent, DeploymentSummary } from '../../src-shared/deploy';
import type { Events } from '../../src-shared/ipc';
import type { Ticket } from '../../src-shared/window-data';
import { askingForSecrets } from '../app/secret-question';
import { problemOf } from '../app/tell';
import { ask, listen } from '../bridge/bridge';
import { documentName, loadDeployments } from './deploy-actions';
import { foldDeploy, type Sending, startSending } from './deploy-progress';
import { askOf, isSending, useDeploy } from './deploy-store';

/** Hears what deployments of this window tell; returns what stops it. */
export function listenToDeploys(): () => void {
  const stops = [
    listen('deploy:event', ({ ticket, event }) => heard(ticket, event)),
    listen('deploy:ended', (ended) => void deployEnded(ended)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function heard(ticket: Ticket, event: DeployEvent): void {
  const { sending } = useDeploy.getState();
  if (sending?.ticket === ticket) useDeploy.setState({ sending: foldDeploy(sending, event, performance.now()) });
}

async function deployEnded({ ticket, state, problem }: Events['deploy:ended']): Promise<void> {
  const { sending } = useDeploy.getState();
  if (sending?.ticket !== ticket) return;
  const ended: Sending = { ...sending, state, ...(problem ? { problem } : {}) };
  useDeploy.setState({ sending: ended });
  await loadDeployments();
  const { chosen, deployments } = useDeploy.getState();
  const listed = deployments.state === 'ready' ? deployments.value : [];
  // The list is newest first, and this one has just changed.
  if (ended.action === 'start' && state === 'done') useDeploy.setState({ chosen: listed[0] });
  else if (chosen) useDeploy.setState({ chosen: listed.find((each) => isSame(each, chosen)) });
}

function isSame(a: DeploymentSummary, b: DeploymentSummary): boolean {
  return a.target === b.target && a.bundle === b.bundle && JSON.stringify(a.config) === JSON.stringify(b.config);
}

/** Sends what is chosen where it is to go; goes on where an earlier one stopped. */
export async function startDeploy(): Promise<void> {
  const wanted = askOf(useDeploy.getState());
  if (wanted) await begin('start', () => ask('deploy:start', wanted));
}

/** Stops or deletes the deployment that is looked at. */
export async function actOnDeployment(action: 'stop' | 'delete'): Promise<void> {
  const { chosen } = useDeploy.getState();
  if (!chosen) return;
  const { target, config, bundle } = chosen;
  useDeploy.setState({ step: 'send' });
  await begin(action, () => ask('deploy:act', { target, config, bundle, action }));
}

async function begin(action: Sending['action'], start: () => Promise<{ readonly ticket: Ticket }>): Promise<void> {
  if (isSending(useDeploy.getState())) return;
  try {
    const { ticket } = await askingForSecrets(documentName(), start);
    useDeploy.setState({ sending: startSending(ticket, action) });
  } catch (error) {
    useDeploy.setState({ sending: { ...startSending('', action), state: 'failed', problem: problemOf(error) } });
  }
}

export async function cancelDeploy(): Promise<void> {
  const { sending } = useDeploy.getState();
  if (sending?.state !== 'running') return;
  useDeploy.setState({ sending: { ...sending, state: 'cancelling' } });
  await ask('deploy:cancel', { ticket: sending.ticket }).catch(() => undefined);
}
