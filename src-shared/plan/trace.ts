import type { NodeId, PortRef } from '../document/document';
import type { GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';
import { type Source, wireKey } from '../document/wires';
import { isProblem, ProblemError } from '../problem';
import { columnsAfter, type StepLookup, stepsWithRoles, withRoles } from '../recipe/columns';
import type { TabularValue, ValueByWire } from '../runs/values';
import type { Inference } from './infer';
import { contributionOf, tablePort } from './infer-step';
import { isExecutedPort } from './needs';

export type WireValue = ValueByWire[keyof ValueByWire];
/** Values at a node's input ports: lists at ports that take many, undefined where nothing is connected. */
export type PortValues = Readonly<Record<string, WireValue | readonly WireValue[] | undefined>>;

export interface TraceOptions {
  readonly inference: Inference;
  readonly lookupStep: StepLookup;
  /** The document's seed. */
  readonly seed: number;
  /** Values at executed outputs, by `node.port`: of steps that have run or were taken from the store. */
  readonly executed: Pick<ReadonlyMap<string, WireValue>, 'get'>;
}

/** Values of traced outputs: tables with their pending recipes, models as programs, estimators. Each is made once. */
export class Tracer {
  private readonly known = new Map<string, WireValue | undefined>();

  constructor(private readonly options: TraceOptions) {}

  /** What a node receives. Executed results that it needs must be there. */
  inputs(id: NodeId): PortValues {
    const node = this.node(id);
    const inputs: Record<string, PortValues[string]> = {};
    for (const [port, { many, joins }] of Object.entries(node.definition?.inputs ?? {})) {
      const refs = node.inputs[port] ?? [];
      if (joins) inputs[port] = this.options.inference.regions.model(refs);
      else inputs[port] = many ? this.values(refs) : refs[0] && this.valueOn(refs[0]);
    }
    return inputs;
  }

  private values(refs: readonly Source[]): WireValue[] {
    const values: WireValue[] = [];
    for (const ref of refs) {
      const value = this.valueOn(ref);
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  /** The value on the wires that leave a port. */
  value(ref: PortRef): WireValue | undefined {
    return this.valueOn({ ...ref, wire: wireKey(ref) });
  }

  private valueOn({ node: id, port, wire }: Source): WireValue | undefined {
    const node = this.node(id);
    if (isExecutedPort(node, port)) return this.options.executed.get(wire);
    if (this.known.has(wire)) return this.known.get(wire);
    const value = traceOutput(node, port, { ...this.options, inputs: () => this.inputs(id) });
    this.known.set(wire, value);
    return value;
  }

  private node(id: NodeId): GraphNode {
    const node = this.options.inference.graph.nodes.get(id);
    if (!node) throw new Error(`The document has no node ${id}.`);
    return node;
  }
}

interface TraceCall extends Omit<TraceOptions, 'executed'> {
  readonly inputs: () => PortValues;
}

/** The value of one traced output of a node. Throws the node's ProblemError. */
export function traceOutput(node: GraphNode, port: string, call: TraceCall): WireValue | undefined {
  const { definition } = node;
  const params = call.inference.params.get(node.id);
  if (!definition || !params) return undefined;
  if (definition.layer) {
    return call.inference.regions.model([{ node: node.id, port }]);
  }
  if (definition.step) {
    // A preparation node's ports take nothing but tables and datasets.
    const table = call.inputs()[tablePort(definition)] as TabularValue | undefined;
    return table && appendSteps(node, table, call);
  }
  // Ports and params were checked against the definition that erased their names.
  const outputs = definition.trace?.(call.inputs() as never, params as never);
  return outputs && ownEntry(outputs as Readonly<Record<string, WireValue>>, port);
}

/** The table with what a preparation node adds: later roles win, and the split remembers how many steps precede it. */
function appendSteps(node: GraphNode, table: TabularValue, { inference, lookupStep, seed }: TraceCall): TabularValue {
  const { definition } = node;
  if (!definition) return table;
  const columns = columnsAfter(withRoles(table.source.columns, table.roles), table.steps, lookupStep);
  if (isProblem(columns)) throw new ProblemError(columns);
  const params = inference.params.get(node.id) ?? {};
  const added = contributionOf({ definition, name: node.node.name, params, columns, seed });
  const split = added.split ? { ...added.split, at: table.steps.length } : table.split;
  const roles = { ...table.roles, ...added.roles };
  return {
    source: table.source,
    roles,
    steps: stepsWithRoles([...table.steps, ...added.steps], roles, lookupStep),
    ...(split ? { split } : {}),
  };
}
