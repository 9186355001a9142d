import type { OnnxGraph, OnnxInitializer, OnnxNode } from './graph';

/** A graph under rewriting: who makes a tensor, who reads it, and how to change both. */
export class GraphEdit {
  nodes: OnnxNode[];
  private readonly graph: OnnxGraph;
  private readonly initializers: Map<string, OnnxInitializer>;
  private readonly outputs: ReadonlySet<string>;
  private counter = 0;

  constructor(graph: OnnxGraph) {
    this.graph = graph;
    this.nodes = [...graph.nodes];
    this.initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
    this.outputs = new Set(graph.outputs.map(({ name }) => name));
  }

  initializer(name: string): OnnxInitializer | undefined {
    return this.initializers.get(name);
  }

  /** Adds a changed copy of a constant; asked again for the same change, gives the same copy. */
  addInitializer(tensor: OnnxInitializer): string {
    if (!this.initializers.has(tensor.name)) this.initializers.set(tensor.name, tensor);
    return tensor.name;
  }

  producer(name: string): OnnxNode | undefined {
    return this.nodes.find((node) => node.outputs.includes(name));
  }

  readers(name: string): OnnxNode[] {
    return this.nodes.filter((node) => node.inputs.includes(name));
  }

  isOutput(name: string): boolean {
    return this.outputs.has(name);
  }

  isInput(name: string): boolean {
    return this.graph.inputs.some((input) => input.name === name);
  }

  /** Every reader of `from` reads `to` instead. */
  redirect(from: string, to: string): void {
    this.nodes = this.nodes.map((node) =>
      node.inputs.includes(from)
        ? { ...node, inputs: node.inputs.map((input) => (input === from ? to : input)) }
        : node,
    );
  }

  /** Puts other nodes in a node's place. */
  replace(node: OnnxNode, by: readonly OnnxNode[]): void {
    this.nodes = this.nodes.flatMap((candidate) => (candidate === node ? by : [candidate]));
  }

  freshName(): string {
    let name = `layout_${this.counter++}`;
    while (this.producer(name) || this.initializers.has(name) || this.isInput(name)) name = `layout_${this.counter++}`;
    return name;
  }

  /** The graph without the nodes and constants that nothing reads. */
  finish(): OnnxGraph {
    const needed = new Set(this.outputs);
    const nodes: OnnxNode[] = [];
    for (const node of [...this.nodes].reverse()) {
      if (!node.outputs.some((output) => needed.has(output))) continue;
      nodes.unshift(node);
      for (const input of node.inputs) needed.add(input);
    }
    const initializers = [...this.initializers.values()].filter(({ name }) => needed.has(name));
    return { inputs: this.graph.inputs, outputs: this.graph.outputs, initializers, nodes };
  }
}
