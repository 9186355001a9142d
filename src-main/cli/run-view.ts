import { formatBytes, formatCount, formatMetric, formatSeconds } from '../../src-shared/number-text';
import type { OutputFacts } from '../../src-shared/runs/output-facts';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { Language } from '../../src-shared/text';
import type { MessageName, Say } from './messages';
import { planLine } from './plan-lines';
import { problemLines } from './problem-lines';
import { parityLines, reportLines } from './reports';
import { drawBar, type Terminal } from './terminal';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;
type Handlers = { readonly [T in RunEvent['type']]?: (event: EventOf<T>) => void };

/** Shows a run on a terminal: a line per step, a moving line while one trains, reports at the end. */
export class RunView {
  private readonly planned: EventOf<'step-planned'>[] = [];
  private planShown = false;
  private readonly closing: string[] = [];
  private nameWidth = 8;
  private lastEpochLine = Number.NEGATIVE_INFINITY;
  /** Epochs in all, by node: only progress events tell. */
  private readonly epochs = new Map<string, number>();

  constructor(
    private readonly terminal: Terminal,
    private readonly say: Say,
    private readonly language: Language,
  ) {}

  show(event: RunEvent): void {
    if (event.type !== 'step-planned' && event.type !== 'run-started' && event.type !== 'problem') this.showPlan();
    // Each handler stands under its event's own type.
    (this.handlers[event.type] as ((event: RunEvent) => void) | undefined)?.(event);
  }

  private readonly handlers: Handlers = {
    'run-started': (event) => this.terminal.line(this.say('backend', { backend: event.backend })),
    'step-planned': (event) => {
      this.planned.push(event);
      this.nameWidth = Math.max(this.nameWidth, event.node.length);
    },
    'step-started': (event) => this.terminal.status(`  … ${event.node}${event.device ? ` (${event.device})` : ''}`),
    progress: (event) => this.showProgress(event),
    'training-progress': (event) => this.showTraining(event),
    'training-resumed': (event) => this.showResumed(event),
    'epoch-finished': (event) => this.showEpoch(event),
    problem: (event) => this.addLines(problemLines(event.problem, this.language)),
    log: (event) => this.terminal.line(`  ${event.node}: ${event.message}`),
    report: (event) => this.closing.push('', ...reportLines(event.node, event.report, this.say)),
    parity: (event) => this.closing.push('', ...parityLines(event, this.say)),
    'step-finished': (event) => this.showFinished(event),
    'run-finished': (event) => this.showEnd(event),
  };

  private showPlan(): void {
    if (this.planShown) return;
    this.planShown = true;
    this.terminal.line(planLine(this.planned, this.say));
  }

  private showProgress(event: EventOf<'progress'>): void {
    const share = event.total > 0 ? event.done / event.total : 0;
    const counts = `${formatCount(event.done)}/${formatCount(event.total)} ${event.unit}`;
    const left = event.remaining === undefined ? [] : [this.say('left', { time: formatSeconds(event.remaining) })];
    const rate = event.rate === undefined ? [] : [`${formatCount(event.rate)} ${event.unit}/s`];
    const parts = [`  … ${event.node}`, drawBar(share), counts, ...rate, ...left, event.message ?? ''];
    this.terminal.status(parts.join('  '));
  }

  private showTraining(event: EventOf<'training-progress'>): void {
    const places = this.places(event);
    if (!this.terminal.isLive) return;
    const share = (event.epoch - 1 + event.step / Math.max(1, event.steps)) / Math.max(1, event.epochs);
    const loss = event.loss.at(-1);
    const parts = [
      `  … ${event.node}`,
      ...places,
      drawBar(share),
      ...(loss === undefined ? [] : [`loss ${formatMetric(loss)}`]),
      ...metricParts(withoutLoss(event.metrics)),
      `${formatCount(event.rate)} ${event.unit}`,
      this.say('left', { time: formatSeconds(event.remaining) }),
    ];
    this.terminal.status(parts.join('  '));
  }

  /** Epochs that take milliseconds would fill screens: one line a second, and the last. */
  private showEpoch(event: EventOf<'epoch-finished'>): void {
    const now = performance.now();
    if (now - this.lastEpochLine < 1_000 && event.epoch !== this.epochs.get(event.node)) return;
    this.lastEpochLine = now;
    const parts = [...this.places(event), ...metricParts(event.metrics), formatSeconds(event.seconds)];
    this.terminal.line(`    ${event.node.padEnd(this.nameWidth)}  ${parts.join('  ')}`);
  }

  private showResumed({ node, epoch }: EventOf<'training-resumed'>): void {
    this.terminal.line(`    ${node.padEnd(this.nameWidth)}  ${this.say('resumed', { epoch })}`);
  }

  private places(event: { node: string; epoch: number; epochs?: number; fold?: number; folds?: number }): string[] {
    if (event.epochs !== undefined) this.epochs.set(event.node, event.epochs);
    const epochs = this.epochs.get(event.node) ?? '?';
    const fold = event.fold === undefined ? [] : [this.say('fold', { fold: event.fold, folds: event.folds ?? '?' })];
    return [...fold, this.say('epoch', { epoch: event.epoch, epochs })];
  }

  private showFinished(event: EventOf<'step-finished'>): void {
    for (const { path, detail } of Object.values(event.outputs ?? {})) this.rememberBundle(path, detail);
    if (event.state === 'cached') return;
    const facts = Object.values(event.outputs ?? {}).flatMap(({ detail }) => this.factParts(detail));
    const time = event.state === 'skipped' ? '' : formatSeconds(event.seconds);
    const parts = [this.say(event.state), time, facts.join(this.say('comma'))].filter((part) => part !== '');
    this.terminal.line(`  ${marks[event.state]} ${event.node.padEnd(this.nameWidth)}  ${parts.join('  ')}`.trimEnd());
  }

  private rememberBundle(path: string | undefined, detail: unknown): void {
    if (path === undefined) return;
    const { bytes = 0 } = (detail ?? {}) as OutputFacts;
    this.closing.push('', this.say('bundleAt', { path, size: formatBytes(bytes) }));
  }

  /** `detail` is written by the engine from `factsOf`. */
  private factParts(detail: unknown): string[] {
    const facts = (detail ?? {}) as OutputFacts;
    const counts = (['rows', 'columns', 'parameters', 'classes'] as const satisfies readonly MessageName[]).flatMap(
      (name) => (facts[name] === undefined ? [] : [this.say(name, { count: formatCount(facts[name]) })]),
    );
    const bytes = facts.bytes === undefined ? [] : [formatBytes(facts.bytes)];
    return [...counts, ...metricParts(facts.metrics ?? {}), ...bytes];
  }

  private showEnd(event: EventOf<'run-finished'>): void {
    this.addLines(this.closing);
    if (this.closing.length > 0) this.terminal.line('');
    const ran = this.planned.some((step) => step.state === 'run' || step.state === 'blocked');
    if (event.state === 'done' && !ran) this.terminal.line(this.say('nothingRan'));
    else this.terminal.line(this.say(endings[event.state], { time: formatSeconds(event.seconds) }));
  }

  private addLines(lines: readonly string[]): void {
    for (const line of lines) this.terminal.line(line);
  }
}

const marks = { done: '✓', failed: '✗', cancelled: '■', skipped: '·', cached: '=' } as const;
const endings = { done: 'runDone', failed: 'runFailed', cancelled: 'runCancelled' } as const;

function metricParts(metrics: Readonly<Record<string, number>>): string[] {
  return Object.entries(metrics).map(([name, value]) => `${name} ${formatMetric(value)}`);
}

function withoutLoss({ loss: _loss, ...rest }: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return rest;
}
