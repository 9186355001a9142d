import type { DeployEvent, Transfer } from '../../src-shared/deploy';
import { formatBytes } from '../../src-shared/number-text';
import type { Session } from './session';
import { drawBar } from './terminal';

type EventOf<T extends DeployEvent['type']> = Extract<DeployEvent, { readonly type: T }>;

/** Tells a deployment: the plan before anything is sent, every step, and where it stands in the end. */
export function showDeploy(session: Session, wish: { readonly isAction: boolean }): (event: DeployEvent) => void {
  if (session.isJson) return (event) => session.writeJson(event);
  return (event) => {
    if (event.type === 'deploy-planned') showPlan(session, event);
    if (event.type === 'deploy-step') showStep(session, event);
    if (event.type === 'deploy-progress') showProgress(session, event);
    if (event.type === 'deploy-finished') showEnd(session, event, wish);
  };
}

function showPlan({ terminal, say, language }: Session, { target, steps }: EventOf<'deploy-planned'>): void {
  const transfers = steps.flatMap(({ transfer }) => (transfer?.leaves ? [transfer] : []));
  const hosts = [...new Set(transfers.map(({ to }) => to))].join(', ');
  const size = formatBytes(transfers.reduce((sum, { bytes }) => sum + bytes, 0));
  const bytes = transfers.length > 0 ? say('deployLeaves', { size, hosts }) : say('deployStays');
  terminal.line(say('deployPlan', { target, count: steps.length, bytes }));
  steps.forEach(({ does, transfer }, i) => {
    terminal.line(`  ${String(i + 1).padStart(2)}. ${does[language]}${transferText(transfer)}`);
  });
}

function transferText(transfer: Transfer | undefined): string {
  return transfer ? `  (${formatBytes(transfer.bytes)} → ${transfer.to})` : '';
}

const marks = { there: '=', done: '✓' } as const;

function showStep({ terminal, language }: Session, { state, does }: EventOf<'deploy-step'>): void {
  if (state === 'started') terminal.status(`  … ${does[language]}`);
  else terminal.line(`  ${marks[state]} ${does[language]}`);
}

function showProgress({ terminal }: Session, { done, total, unit, message }: EventOf<'deploy-progress'>): void {
  const share = unit === 'bytes' ? `${drawBar(done / Math.max(1, total))}  ${formatBytes(done)}  ` : '';
  terminal.status(`  … ${share}${message ?? ''}`);
}

function showEnd(
  { terminal, say }: Session,
  { sent, location, endpoint, example }: EventOf<'deploy-finished'>,
  { isAction }: { readonly isAction: boolean },
): void {
  if (isAction) terminal.line(say('deployActed'));
  else terminal.line(sent === 0 ? say('deployNothing') : say('deployDone', { size: formatBytes(sent) }));
  if (location !== undefined) terminal.line(say('deployAt', { location }));
  if (endpoint !== undefined) terminal.line(say('deployEndpoint', { endpoint }));
  if (example === undefined) return;
  terminal.line(say('deployTry'));
  for (const line of example.split('\n')) terminal.line(`  ${line}`);
}
