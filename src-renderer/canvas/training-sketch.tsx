import { memo, useMemo } from 'react';
import { formatCount, formatSeconds } from '../../src-shared/number-text';
import type { NodeRun } from '../../src-shared/runs/run-state';
import { useTranslate } from '../i18n/i18n';
import { decimate, lossCurve } from '../panels/metrics/loss-curve';
import { smooth } from '../panels/metrics/smoothing';

const height = 64;
const smoothing = 0.8;

interface Props {
  readonly run: NodeRun;
  readonly width: number;
}

/** Training while it happens: the loss so far over all the steps there will be, how far, how fast, how long still. */
export const TrainingSketch = memo(function TrainingSketch({ run, width }: Props) {
  const t = useTranslate();
  const { training, state } = run;
  const share = shareDone(run);
  const isRunning = state === 'running';
  const rate = training ? `${formatCount(training.rate)} ${training.unit}` : '';
  const left =
    training && isRunning ? t('canvas.remaining', { time: formatSeconds(Math.max(0, training.remaining)) }) : '';
  return (
    <>
      <LossLines run={run} width={width} share={share} />
      <div
        className="node-progress"
        role="progressbar"
        aria-label={t('canvas.progress')}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        data-done={!isRunning || undefined}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <p className="node-pace mono">{[rate, left].filter(Boolean).join(' · ')}</p>
    </>
  );
});

function shareDone({ training, state }: NodeRun): number {
  if (state === 'done' || !training) return 1;
  const { epoch, epochs, step, steps, fold = 1, folds = 1 } = training;
  const inFold = (epoch - 1 + (steps > 0 ? step / steps : 0)) / Math.max(1, epochs);
  return Math.max(0, Math.min(1, (fold - 1 + inFold) / folds));
}

function LossLines({ run, width, share }: Props & { readonly share: number }) {
  const t = useTranslate();
  const { raw, smoothed } = useMemo(() => linesOf(run, { width, share }), [run, width, share]);
  return (
    <svg className="node-loss" width={width} height={height} role="img" aria-label={t('canvas.lossChart')}>
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="node-loss-axis" />
      <polyline points={raw} className="node-loss-raw" />
      <polyline points={smoothed} className="node-loss-smooth" />
    </svg>
  );
}

function linesOf({ loss }: NodeRun, { width, share }: { readonly width: number; readonly share: number }) {
  const { x, y } = decimate(lossCurve(loss), width);
  const steps = Math.max(1, loss.steps);
  const known = y.filter((value) => value !== null).sort((a, b) => a - b);
  // One wild step shall not flatten all others.
  const top = known[Math.floor(known.length * 0.98)] ?? 1;
  const bottom = Math.min(known[0] ?? 0, top);
  const points = (values: readonly (number | null)[]) =>
    values
      .flatMap((value, index) => {
        if (value === null) return [];
        const across = ((x[index] ?? 0) / steps) * share * width;
        const down = 4 + (1 - (Math.min(value, top) - bottom) / (top - bottom || 1)) * (height - 10);
        return [`${across.toFixed(1)},${down.toFixed(1)}`];
      })
      .join(' ');
  return { raw: points(y), smoothed: points(smooth(y, smoothing)) };
}
