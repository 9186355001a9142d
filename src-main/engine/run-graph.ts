import type { NodeId } from '../../src-shared/document/document';
import type { GraphNode } from '../../src-shared/document/graph';
import type { Source } from '../../src-shared/document/wires';
import type { Hash } from '../../src-shared/hash';
import { isExecutedPort } from '../../src-shared/plan/needs';
import type { PlanStep } from '../../src-shared/plan/plan';
import { Schedule } from '../../src-shared/plan/schedule';
import { Tracer, type WireValue } from '../../src-shared/plan/trace';
import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import { lookupStep } from '../../src-shared/recipe/catalog';
import { factsOf } from '../../src-shared/runs/output-facts';
import type { Programs } from '../../src-shared/runs/run-context';
import type { RunEventBody } from '../../src-shared/runs/run-event';
import type { TypedValue } from '../../src-shared/runs/values';
import type { WireName } from '../../src-shared/types/ports';
import { diskProblem } from '../files/disk-problem';
import { isDiskError } from '../files/fs-port';
import type { EngineParts } from './engine-parts';
import type { RunRequest, RunState } from './messages';
import type { Prepared } from './prepare-run';
import { StepContext } from './step-context';

export interface GraphRun {
  readonly parts: EngineParts;
  readonly ask: RunRequest;
  readonly prepared: Prepared;
  readonly programs: Programs;
  readonly signal: AbortSignal;
  /** `runs/r-…` of this run. */
  readonly folder: string;
  readonly emit: (event: RunEventBody) => void;
  /** Values that were taken from the store, by `node.port`. */
  readonly loaded: ReadonlyMap<string, WireValue>;
}

/** What leaves an executed port. */
interface Wire {
  /** `node.port`. */
  readonly key: string;
  readonly hash: Hash | undefined;
  readonly type: WireName;
}

type FinishedStep = Extract<RunEventBody, { type: 'step-finished' }>;

/** How long steps may run before others have a turn. */
const turnMs = 5;

/** Executes a plan, one step after another. A step that fails ends its own branch; the others go on. */
export class GraphRunner {
  private readonly values: Map<string, WireValue>;
  private readonly tracer: Tracer;
  private readonly schedule: Schedule;
  private readonly steps: ReadonlyMap<NodeId, PlanStep>;
  private listened = performance.now();
  private hasLost = false;

  constructor(private readonly run: GraphRun) {
    const { plan, inference } = run.prepared;
    this.values = new Map(run.loaded);
    this.steps = new Map(plan.map((step) => [step.node, step]));
    const taken = plan.filter(({ state }) => state === 'run' || state === 'cached');
    const ids = new Set(taken.map(({ node }) => node));
    this.schedule = new Schedule(
      taken.map(({ node, needs, state }) => ({
        id: node,
        needs: needs.filter((need) => ids.has(need)),
        isCached: state === 'cached',
      })),
    );
    this.tracer = new Tracer({ inference, lookupStep, seed: run.ask.document.settings.seed, executed: this.values });
  }

  async execute(): Promise<RunState> {
    await this.tellCached();
    for (let id = this.schedule.next(); id !== undefined; id = this.schedule.next()) {
      if (performance.now() - this.listened > turnMs) await this.listen();
      if (this.run.signal.aborted) break;
      await this.step(id);
    }
    if (this.run.signal.aborted)
      for (const id of this.schedule.cancel()) this.finish(id, { state: 'cancelled', seconds: 0 });
    await this.run.parts.store.values.flush();
    const state = this.schedule.outcome();
    return state === 'done' && this.hasLost ? 'failed' : state;
  }

  /** Steps that take no time leave no turn to the host's messages and the disk by themselves. */
  private async listen(): Promise<void> {
    await new Promise(setImmediate);
    this.listened = performance.now();
  }

  /** A result that the disk did not take: the run went on with it, the next one makes it again. */
  private lose(id: NodeId, error: unknown): void {
    this.hasLost = true;
    const node = this.nameOf(id);
    this.run.emit({ type: 'problem', node, problem: problemOf(error, node) });
  }

  private async step(id: NodeId): Promise<void> {
    const node = this.nameOf(id);
    this.schedule.start(id);
    this.run.emit({ type: 'step-started', node, ...this.cardOf(id) });
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    try {
      const outputs = await this.perform(id, seconds);
      this.schedule.finish(id, 'done');
      this.finish(id, { state: 'done', seconds: seconds(), outputs });
    } catch (error) {
      const state = this.run.signal.aborted ? 'cancelled' : 'failed';
      if (state === 'failed') this.run.emit({ type: 'problem', node, problem: problemOf(error, node) });
      const skipped = this.schedule.finish(id, state);
      this.finish(id, { state, seconds: seconds() });
      for (const follower of skipped) this.finish(follower, { state: 'skipped', seconds: 0 });
    }
  }

  /** The graphics card that a step computes on, where it computes and there is one. */
  private cardOf(id: NodeId): { readonly device?: string } {
    const { device } = this.run.programs.runner;
    if (device?.kind !== 'gpu') return {};
    const computes = this.run.prepared.inference.graph.nodes.get(id)?.definition?.usesRunner;
    return computes ? { device: device.name } : {};
  }

  private async perform(id: NodeId, seconds: () => number): Promise<NonNullable<FinishedStep['outputs']>> {
    const node = this.run.prepared.inference.graph.nodes.get(id);
    const { definition } = node ?? {};
    if (!node || !definition?.execute) throw new Error(`The node ${id} cannot be executed.`);
    const context = new StepContext(this.run, { id, name: node.node.name, key: this.steps.get(id)?.key });
    try {
      const inputs = this.tracer.inputs(id);
      const params = this.run.prepared.inference.params.get(id) ?? {};
      // Ports and params were checked against the definition that erased their names.
      const made = (await definition.execute(inputs as never, params as never, context)) as Record<string, WireValue>;
      this.run.signal.throwIfAborted();
      const outputs: Record<string, NonNullable<FinishedStep['outputs']>[string]> = {};
      for (const output of node.outputs) {
        const { port } = output;
        if (!isExecutedPort(node, port)) continue;
        const wire = this.wireOf(node, output);
        const writing = this.keep(node, wire, { value: made[port], seconds: seconds() });
        if (writing) await writing;
        outputs[port] = describe(wire, made[port]);
      }
      return outputs;
    } finally {
      if (context.isOpen) await context.close();
    }
  }

  private keep(
    { id, node, definition }: GraphNode,
    { key, hash, type }: Wire,
    { value, seconds }: { value: WireValue | undefined; seconds: number },
  ): Promise<void> | undefined {
    if (!definition || !hash || value === undefined) throw new Error(`There is nothing at ${key}.`);
    this.values.set(key, value);
    const { keys } = this.run.prepared;
    const made = {
      hash,
      type,
      // The value came from the port that has this type.
      value: value as never,
      madeBy: { kind: definition.kind, version: definition.version, node: node.name },
      inputs: keys.nodes.get(id)?.parts.inputs ?? {},
      seconds,
    };
    return this.run.parts.store.values.write(made, (error) => this.lose(id, error));
  }

  /** Cached steps end at once; what people want to see of them is told again. */
  private async tellCached(): Promise<void> {
    for (const { node: id, state, reason } of this.run.prepared.plan) {
      if (state !== 'cached') continue;
      const outputs = reason.code === 'same-inputs' ? await this.cachedOutputs(id) : {};
      this.finish(id, { state: 'cached', seconds: 0, outputs });
    }
  }

  private async cachedOutputs(id: NodeId): Promise<NonNullable<FinishedStep['outputs']>> {
    const { parts, prepared } = this.run;
    const node = prepared.inference.graph.nodes.get(id);
    const outputs: Record<string, NonNullable<FinishedStep['outputs']>[string]> = {};
    for (const output of node?.outputs ?? []) {
      const { port } = output;
      if (!node || !isExecutedPort(node, port)) continue;
      const wire = this.wireOf(node, output);
      const { key, hash, type } = wire;
      if (!hash) continue;
      const known = this.values.get(key);
      const isShown = type === 'report' || type === 'artifact';
      const value = known ?? (isShown ? (await parts.store.values.read(hash, parts.hashes.locate))?.value : undefined);
      outputs[port] = describe(wire, value);
      this.tellAgain(node.node.name, { type, value });
    }
    return outputs;
  }

  private tellAgain(
    node: string,
    { type, value }: { readonly type: WireName; readonly value: WireValue | undefined },
  ): void {
    if (value === undefined) return;
    // A wire carries values of its own kind.
    const told = { type, value } as TypedValue;
    if (told.type === 'report') this.run.emit({ type: 'report', node, report: told.value });
    if (told.type !== 'artifact' || !told.value.parity) return;
    this.run.emit({ type: 'parity', node, parity: told.value.parity, latencies: {} });
  }

  private wireOf({ definition }: GraphNode, { port, wire: key }: Source): Wire {
    const { keys, inference } = this.run.prepared;
    const declared = definition?.outputs[port]?.type;
    const type = typeof declared === 'string' ? declared : (inference.types[key]?.type ?? 'table');
    return { key, hash: keys.wires.get(key), type };
  }

  private finish(id: NodeId, end: Omit<FinishedStep, 'type' | 'node'>): void {
    this.run.emit({ type: 'step-finished', node: this.nameOf(id), ...end });
  }

  private nameOf(id: NodeId): string {
    return this.steps.get(id)?.name ?? id;
  }
}

function describe(
  { key, type, hash }: Wire,
  value: WireValue | undefined,
): NonNullable<FinishedStep['outputs']>[string] {
  if (!hash) throw new Error(`The wire ${key} has no key.`);
  // The value came from the port that has this type.
  const detail = value === undefined ? {} : { detail: factsOf(type, value as never) };
  const path = detail.detail?.path === undefined ? {} : { path: detail.detail.path };
  return { type, hash, ...path, ...detail };
}

/** What a step threw, for people; the trace of a programming error goes to the engine's output. */
function problemOf(error: unknown, node: string): Problem {
  if (error instanceof ProblemError) return { node, ...error.problem };
  if (isDiskError(error)) return { ...diskProblem(error), node };
  console.error(error);
  const message = error instanceof Error ? error.message : String(error);
  return problem('step-failed', { node, message }, { node });
}
