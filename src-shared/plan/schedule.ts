import type { NodeId } from '../document/document';

export type StepState = 'waiting' | 'ready' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped' | 'cached';

export interface ScheduleStep {
  readonly id: NodeId;
  /** Steps whose results it reads. */
  readonly needs: readonly NodeId[];
  /** Its result is there already: nothing is done, nothing waits for it. */
  readonly isCached?: boolean;
}

/**
 * Which step may run when. A pure state machine: it knows no clock and no promises; whoever drives it says what
 * began and how it ended. A failed step skips those that need it; branches that do not go on. Time is linear in
 * steps and wires.
 */
export class Schedule {
  private readonly states = new Map<NodeId, StepState>();
  private readonly followers = new Map<NodeId, NodeId[]>();
  /** How many needs of a waiting step are not there yet. */
  private readonly owed = new Map<NodeId, number>();
  private readonly readyIds = new Set<NodeId>();
  private left = 0;

  constructor(steps: readonly ScheduleStep[]) {
    for (const { id, isCached } of steps) this.states.set(id, isCached ? 'cached' : 'waiting');
    for (const step of steps) if (!step.isCached) this.add(step);
  }

  private add({ id, needs }: ScheduleStep): void {
    this.left++;
    const missing = new Set(needs.filter((need) => this.stateOf(need) !== 'cached'));
    this.owed.set(id, missing.size);
    for (const need of missing) {
      const list = this.followers.get(need);
      if (list) list.push(id);
      else this.followers.set(need, [id]);
    }
    if (missing.size === 0) this.makeReady(id);
  }

  stateOf(id: NodeId): StepState {
    const state = this.states.get(id);
    if (!state) throw new Error(`The schedule has no step ${id}.`);
    return state;
  }

  /** Steps that may start now, in the order of the plan. */
  get ready(): readonly NodeId[] {
    return [...this.readyIds];
  }

  /** The first step that may start now. */
  next(): NodeId | undefined {
    return this.readyIds.values().next().value;
  }

  get isFinished(): boolean {
    return this.left === 0;
  }

  start(id: NodeId): void {
    this.expect(id, 'ready');
    this.readyIds.delete(id);
    this.states.set(id, 'running');
  }

  /** Ends a running step. Answers which steps are skipped because this one failed or was cancelled. */
  finish(id: NodeId, state: 'done' | 'failed' | 'cancelled'): NodeId[] {
    this.expect(id, 'running');
    this.settle(id, state);
    if (state !== 'done') return this.skipFollowers(id);
    for (const follower of this.followers.get(id) ?? []) {
      const owed = (this.owed.get(follower) ?? 0) - 1;
      this.owed.set(follower, owed);
      if (owed === 0 && this.states.get(follower) === 'waiting') this.makeReady(follower);
    }
    return [];
  }

  /** Nothing new starts. Answers the steps that this ends; running ones end through `finish`. */
  cancel(): NodeId[] {
    const ended = [...this.states].flatMap(([id, state]) => (state === 'waiting' || state === 'ready' ? [id] : []));
    for (const id of ended) this.settle(id, 'cancelled');
    this.readyIds.clear();
    return ended;
  }

  /** How the run ended. Ending while steps are left would lose them silently, so it is an error. */
  outcome(): 'done' | 'failed' | 'cancelled' {
    const states = new Set(this.states.values());
    const left = [...this.states].find(([, state]) => state === 'waiting' || state === 'ready' || state === 'running');
    if (left) throw new Error(`The run ended while the step ${left[0]} was ${left[1]}.`);
    if (states.has('cancelled')) return 'cancelled';
    return states.has('failed') ? 'failed' : 'done';
  }

  private makeReady(id: NodeId): void {
    this.states.set(id, 'ready');
    this.readyIds.add(id);
  }

  private settle(id: NodeId, state: StepState): void {
    this.states.set(id, state);
    this.left--;
  }

  private skipFollowers(id: NodeId): NodeId[] {
    const skipped: NodeId[] = [];
    const open = [id];
    for (let current = open.pop(); current !== undefined; current = open.pop()) {
      for (const follower of this.followers.get(current) ?? []) {
        if (this.states.get(follower) !== 'waiting') continue;
        this.settle(follower, 'skipped');
        skipped.push(follower);
        open.push(follower);
      }
    }
    return skipped;
  }

  private expect(id: NodeId, state: StepState): void {
    const is = this.stateOf(id);
    if (is !== state) throw new Error(`The step ${id} is ${is}, not ${state}.`);
  }
}
