import type { NodeId } from '../document/document';

export type StepState = 'waiting' | 'ready' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped' | 'cached';

export interface ScheduleStep {
  readonly id: NodeId;
  /** Steps whose results it reads. */
  readonly needs: readonly NodeId[];
  /** Its result is there already: nothing is done, nothing waits for it. */
  readonly isCached?: boolean;
}

/** A step with where it stands. */
interface Tracked {
  readonly id: NodeId;
  state: StepState;
  /** How many of its needs are not there yet. */
  owed: number;
  readonly followers: Tracked[];
}

/**
 * Which step may run when. A pure state machine: it knows no clock and no promises; whoever drives it says what
 * began and how it ended. A failed step skips those that need it; branches that do not go on. Time is linear in
 * steps and wires.
 */
export class Schedule {
  private readonly steps = new Map<NodeId, Tracked>();
  /** Steps in the order in which they became ready; those before `first` have left that state. */
  private readonly queue: Tracked[] = [];
  private first = 0;
  private left = 0;

  constructor(steps: readonly ScheduleStep[]) {
    for (const { id, isCached } of steps) {
      this.steps.set(id, { id, state: isCached ? 'cached' : 'waiting', owed: 0, followers: [] });
    }
    for (const step of steps) if (!step.isCached) this.add(step);
  }

  private add({ id, needs }: ScheduleStep): void {
    this.left++;
    const step = this.step(id);
    for (const need of needs) {
      const needed = this.step(need);
      // A need that is named twice counts once.
      if (needed.state === 'cached' || needed.followers.at(-1) === step) continue;
      needed.followers.push(step);
      step.owed++;
    }
    if (step.owed === 0) this.makeReady(step);
  }

  private step(id: NodeId): Tracked {
    const step = this.steps.get(id);
    if (!step) throw new Error(`The schedule has no step ${id}.`);
    return step;
  }

  stateOf(id: NodeId): StepState {
    return this.step(id).state;
  }

  /** Steps that may start now, in the order of the plan. */
  get ready(): readonly NodeId[] {
    return this.queue.filter(({ state }) => state === 'ready').map(({ id }) => id);
  }

  /** The first step that may start now. */
  next(): NodeId | undefined {
    for (let step = this.queue[this.first]; step; step = this.queue[++this.first]) {
      if (step.state === 'ready') return step.id;
    }
    return undefined;
  }

  get isFinished(): boolean {
    return this.left === 0;
  }

  start(id: NodeId): void {
    this.expect(id, 'ready').state = 'running';
  }

  /** Ends a running step. Answers which steps are skipped because this one failed or was cancelled. */
  finish(id: NodeId, state: 'done' | 'failed' | 'cancelled'): NodeId[] {
    const step = this.expect(id, 'running');
    this.settle(step, state);
    if (state !== 'done') return this.skipFollowers(step);
    for (const follower of step.followers) {
      follower.owed--;
      if (follower.owed === 0 && follower.state === 'waiting') this.makeReady(follower);
    }
    return [];
  }

  /** Nothing new starts. Answers the steps that this ends; running ones end through `finish`. */
  cancel(): NodeId[] {
    const ended = [...this.steps.values()].filter(({ state }) => state === 'waiting' || state === 'ready');
    for (const step of ended) this.settle(step, 'cancelled');
    return ended.map(({ id }) => id);
  }

  /** How the run ended. Ending while steps are left would lose them silently, so it is an error. */
  outcome(): 'done' | 'failed' | 'cancelled' {
    const states = new Set<StepState>();
    for (const { id, state } of this.steps.values()) {
      if (state === 'waiting' || state === 'ready' || state === 'running') {
        throw new Error(`The run ended while the step ${id} was ${state}.`);
      }
      states.add(state);
    }
    if (states.has('cancelled')) return 'cancelled';
    return states.has('failed') ? 'failed' : 'done';
  }

  private makeReady(step: Tracked): void {
    step.state = 'ready';
    this.queue.push(step);
  }

  private settle(step: Tracked, state: StepState): void {
    step.state = state;
    this.left--;
  }

  private skipFollowers(step: Tracked): NodeId[] {
    const skipped: NodeId[] = [];
    const open = [step];
    for (let current = open.pop(); current !== undefined; current = open.pop()) {
      for (const follower of current.followers) {
        if (follower.state !== 'waiting') continue;
        this.settle(follower, 'skipped');
        skipped.push(follower.id);
        open.push(follower);
      }
    }
    return skipped;
  }

  private expect(id: NodeId, state: StepState): Tracked {
    const step = this.step(id);
    if (step.state !== state) throw new Error(`The step ${id} is ${step.state}, not ${state}.`);
    return step;
  }
}
