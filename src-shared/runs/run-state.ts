import type { Problem } from '../problem';
import { addLosses, emptyHistory, type LossHistory } from './loss-history';
import type { Estimate, PlanState, Reason, RunEvent } from './run-event';
import type { Report } from './values';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;
type StepEnd = EventOf<'step-finished'>;

/** What people see of one node during and after a run. */
export interface NodeRun {
  readonly state: 'waiting' | 'running' | PlanState | StepEnd['state'];
  readonly plan?: { readonly state: PlanState; readonly reason: Reason; readonly estimate?: Estimate };
  readonly progress?: Pick<EventOf<'progress'>, 'done' | 'total' | 'unit' | 'message'>;
  /** The graphics card that it computes on; absent for the processor. */
  readonly device?: string;
  /** The newest message of training: epoch, step, metrics, rate, time left. */
  readonly training?: Omit<EventOf<'training-progress'>, 'loss' | 'type' | 'run' | 'seq' | 'at' | 'node'>;
  readonly loss: LossHistory;
  readonly epochs: readonly Pick<EventOf<'epoch-finished'>, 'epoch' | 'metrics' | 'seconds' | 'fold'>[];
  /** Epochs that an earlier run had done. */
  readonly resumedAfter?: number;
  readonly checkpoint?: Pick<EventOf<'checkpoint-saved'>, 'epoch' | 'step' | 'hash'>;
  readonly report?: Report;
  readonly parity?: Pick<EventOf<'parity'>, 'parity' | 'latencies'>;
  readonly logs: readonly Pick<EventOf<'log'>, 'at' | 'level' | 'message'>[];
  readonly problems: readonly Problem[];
  readonly seconds?: number;
  readonly outputs?: NonNullable<StepEnd['outputs']>;
}

/** What people see of a run: a fold of its journal, never edited. */
export interface RunState {
  readonly run?: string;
  readonly state: 'none' | 'running' | EventOf<'run-finished'>['state'];
  /** The newest event that is in: older ones change nothing, so that a batch may come twice. */
  readonly seq: number;
  readonly start?: Pick<EventOf<'run-started'>, 'at' | 'document' | 'seed' | 'backend' | 'name'>;
  /** Names of nodes in the order of the plan. */
  readonly order: readonly string[];
  readonly nodes: Readonly<Record<string, NodeRun>>;
  /** Problems of the run as a whole. */
  readonly problems: readonly Problem[];
  readonly seconds?: number;
}

export const noRun: RunState = { state: 'none', seq: -1, order: [], nodes: {}, problems: [] };

/** Log lines kept of a node; the journal has them all. */
export const maxLogs = 1000;

export function foldEvents(state: RunState, events: readonly RunEvent[]): RunState {
  return events.reduce(foldEvent, state);
}

/** The run after one more event. An event of another run begins anew. */
export function foldEvent(state: RunState, event: RunEvent): RunState {
  const base = state.run === undefined || state.run === event.run ? state : noRun;
  if (event.seq <= base.seq) return state;
  return apply({ ...base, run: event.run, seq: event.seq }, event);
}

function apply(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run-started': {
      const { at, document, seed, backend, name } = event;
      return { ...state, state: 'running', start: { at, document, seed, backend, name } };
    }
    case 'run-finished':
      return { ...endOpenNodes(state), state: event.state, seconds: event.seconds };
    case 'problem':
      if (event.node === undefined) return { ...state, problems: [...state.problems, event.problem] };
      return update(state, event.node, (node) => ({ ...node, problems: [...node.problems, event.problem] }));
    default:
      return update(state, event.node, (node) => applyToNode(node, event));
  }
}

/** A run that ended leaves nothing running: what had not said so was cut short. */
function endOpenNodes(state: RunState): RunState {
  const ended = Object.entries(state.nodes).map(([name, node]) => {
    const isOpen = node.state === 'running' || node.state === 'waiting';
    return [name, isOpen ? { ...node, state: 'cancelled' as const } : node] as const;
  });
  return { ...state, nodes: Object.fromEntries(ended) };
}

const newNode: NodeRun = { state: 'waiting', loss: emptyHistory, epochs: [], logs: [], problems: [] };

function update(state: RunState, name: string, change: (node: NodeRun) => NodeRun): RunState {
  const known = Object.hasOwn(state.nodes, name) ? state.nodes[name] : undefined;
  const order = known ? state.order : [...state.order, name];
  return { ...state, order, nodes: { ...state.nodes, [name]: change(known ?? newNode) } };
}

type NodeEvent = Exclude<RunEvent, EventOf<'run-started' | 'run-finished' | 'problem'>>;

function applyToNode(node: NodeRun, event: NodeEvent): NodeRun {
  switch (event.type) {
    case 'step-planned': {
      const { state, reason, estimate } = event;
      return {
        ...node,
        state: state === 'run' ? 'waiting' : state,
        plan: { state, reason, ...(estimate ? { estimate } : {}) },
      };
    }
    case 'step-started':
      return { ...node, state: 'running', ...(event.device === undefined ? {} : { device: event.device }) };
    case 'step-finished': {
      const { state, seconds, outputs } = event;
      return { ...node, state, seconds, ...(outputs ? { outputs } : {}) };
    }
    case 'report':
      return { ...node, report: event.report };
    case 'parity':
      return { ...node, parity: { parity: event.parity, latencies: event.latencies } };
    case 'log': {
      const { at, level, message } = event;
      return { ...node, logs: [...node.logs, { at, level, message }].slice(-maxLogs) };
    }
    default:
      return applyProgress(node, event);
  }
}

type ProgressEvent = EventOf<
  'training-progress' | 'training-resumed' | 'epoch-finished' | 'progress' | 'checkpoint-saved'
>;

function applyProgress(node: NodeRun, event: ProgressEvent): NodeRun {
  switch (event.type) {
    case 'training-progress': {
      const { loss, type, run, seq, at, node: _name, ...training } = event;
      return { ...node, training, loss: addLosses(node.loss, loss) };
    }
    case 'training-resumed':
      return { ...node, resumedAfter: event.epoch };
    case 'epoch-finished': {
      const { epoch, metrics, seconds, fold } = event;
      return {
        ...node,
        epochs: [...node.epochs, { epoch, metrics, seconds, ...(fold === undefined ? {} : { fold }) }],
      };
    }
    case 'progress': {
      const { done, total, unit, message } = event;
      return { ...node, progress: { done, total, unit, ...(message === undefined ? {} : { message }) } };
    }
    case 'checkpoint-saved':
      return { ...node, checkpoint: { epoch: event.epoch, step: event.step, hash: event.hash } };
  }
}
