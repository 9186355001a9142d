import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as tfjs from '@tensorflow/tfjs-core';
import { firstLine } from '../../../src-shared/first-line';
import { type EntryNodes, emitStepGraph, type StepGraph } from '../../../src-shared/formats/tensorflow/emit-program';
import { encodeSavedModel, type SignatureTensor } from '../../../src-shared/formats/tensorflow/encode-graph';
import { scopeInMessage } from '../../../src-shared/formats/tensorflow/node-names';
import type { StepProgram } from '../../../src-shared/ops/program';
import type { OpLookup } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { ProblemError, problem } from '../../../src-shared/problem';
import { indexProblem } from '../../../src-shared/problems/index-problem';
import type { Session } from '../../../src-shared/runs/run-context';
import { copyFeed } from '../copy-feed';
import { fromTensor, toTensor } from '../tfjs/tensors';
import type { TfjsNode } from './load-package';

type Feeds = Readonly<Record<string, TensorData>>;

/**
 * A session over the same graph that libtensorflow gets, carried as a SavedModel. tfjs-node knows no targets, so an
 * entry's effects are reached by fetching the tensor that waits for them.
 */
export class TfjsNodeSession implements Session {
  private readonly package: TfjsNode;
  private readonly graph: StepGraph;
  private readonly model: number;

  constructor(tfjsNode: TfjsNode, program: StepProgram, lookup: OpLookup) {
    this.package = tfjsNode;
    this.graph = emitStepGraph(program, { lookup });
    this.model = load(tfjsNode, encodeSavedModel(this.graph, {}));
  }

  async run(name: string, feeds: Feeds = {}): Promise<Record<string, TensorData>> {
    const entry = this.graph.entries[name];
    if (!entry) throw new Error(`The program has no entry "${name}".`);
    const missing = Object.keys(entry.feeds).find((feed) => !feeds[feed]);
    if (missing) throw new Error(`The feed "${missing}" is missing.`);
    const copies = Object.entries(entry.feeds).map(([feed, node]) => this.input(node, feeds[feed]));
    const { tf } = this.package;
    await tf.setBackend('tensorflow');
    const tensors = copies.map(({ value }) => toTensor(value));
    try {
      return this.call(entry, { tensors, infos: copies.map(({ info }) => info) });
    } catch (error) {
      throw this.withScope(error);
    } finally {
      tf.dispose(tensors);
    }
  }

  async close(): Promise<void> {
    this.package.backend.binding.deleteSavedModel(this.model);
  }

  private input(node: SignatureTensor, value: TensorData | undefined) {
    if (!value) throw new Error(`The feed of ${node.tensor} is missing.`);
    const info = { name: `${node.tensor}:0`, tfDtype: wireTypes[node.type.dtype] ?? '' };
    return { info, value: copyFeed(value) };
  }

  private call(
    entry: EntryNodes,
    { tensors, infos }: { tensors: tfjs.Tensor[]; infos: { name: string; tfDtype: string }[] },
  ): Record<string, TensorData> {
    const fetches = Object.entries(entry.fetches);
    const names = fetches.map(([, { tensor }]) => (tensor.includes(':') ? tensor : `${tensor}:0`));
    const outputs = this.package.backend.runSavedModel(this.model, tensors, infos, [...names, `${entry.done}:0`]);
    const results = fetches.map(([name, { type }], i) => {
      const output = outputs[i];
      if (!output) throw new Error(`tfjs-node returned nothing for "${name}".`);
      return [name, fromTensor(output, type.dtype)] as const;
    });
    this.package.tf.dispose(outputs);
    return Object.fromEntries(results);
  }

  private withScope(error: unknown): Error {
    const message = error instanceof Error ? error.message : String(error);
    const scope = scopeInMessage(message, this.graph.scopes);
    const failed = problem('tensorflow-failed', { message: firstLine(message) });
    return new ProblemError({
      ...(indexProblem(message) ?? failed),
      ...(scope === undefined ? {} : { node: scope }),
    });
  }
}

/** Types that tfjs holds as int32 and converts when it is told of them. */
const wireTypes: Readonly<Record<string, string>> = { uint8: 'DT_UINT8', int64: 'DT_INT64' };

function load({ backend }: TfjsNode, bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes);
    return backend.binding.loadSavedModel(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
