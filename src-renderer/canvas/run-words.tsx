import { useEffect, useState } from 'react';
import { formatSeconds } from '../../src-shared/number-text';
import type { RunState } from '../../src-shared/runs/run-state';
import { useTranslate } from '../i18n/i18n';
import { useRun } from '../store/runs';
import type { Tab } from '../store/workspace';

/** While something runs: what, how far, how long so far and how long still. */
export function RunWords({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { phase, run } = useRun(tab.id);
  const now = useClock();
  const waiting = {
    idle: '',
    starting: t('canvas.starting'),
    queued: t('canvas.queued'),
    stopping: t('canvas.stopping'),
  };
  if (phase !== 'running') {
    return (
      <span className="run-bar-words" role="status">
        {waiting[phase]}
      </span>
    );
  }
  const { done, total, current, left } = progressOf(run);
  const elapsed = run.start ? Math.max(0, (now - Date.parse(run.start.at)) / 1000) : 0;
  const words = [
    t('canvas.runProgress', { done, total }),
    formatSeconds(Math.max(1, Math.round(elapsed))),
    left === undefined ? '' : t('canvas.remaining', { time: formatSeconds(left) }),
  ];
  return (
    <span className="run-bar-words">
      {current ? <span className="run-bar-current">● {current}</span> : null}
      <span>{words.filter(Boolean).join(' · ')}</span>
    </span>
  );
}

function progressOf({ order, nodes }: RunState) {
  const steps = order.flatMap((name) => {
    const node = nodes[name];
    return node?.plan?.state === 'run' ? [{ name, node }] : [];
  });
  const open = steps.filter(({ node }) => node.state === 'waiting' || node.state === 'running');
  const current = steps.find(({ node }) => node.state === 'running');
  const waiting = open.filter(({ node }) => node.state === 'waiting').map(({ node }) => node.plan?.estimate?.seconds);
  const now = current?.node.training?.remaining;
  const rest = waiting.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  return {
    done: steps.length - open.length,
    total: steps.length,
    current: current?.name,
    left: now === undefined ? undefined : now + rest,
  };
}

function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
