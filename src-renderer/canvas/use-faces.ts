import { useMemo, useState } from 'react';
import type { NodeId, PortRef, YardDocument } from '../../src-shared/document/document';
import { ownEntry } from '../../src-shared/document/own-entry';
import { wiresOf } from '../../src-shared/document/wires';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { Problem } from '../../src-shared/problem';
import type { WireType } from '../../src-shared/types/ports';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { type Analysis, problemsOf, useAnalysis } from '../store/analysis';
import { useRun } from '../store/runs';
import type { Tab } from '../store/workspace';
import { type FaceInput, type NodeFace, nodeFace } from './node-face';

export type Faces = ReadonlyMap<NodeId, NodeFace>;

/** What every node shows now. A node of which nothing changed keeps its face, and so is not drawn again. */
export function useFaces(tab: Tab, document: YardDocument): Faces {
  const t = useTranslate();
  const language = useLanguage();
  const analysis = useAnalysis((all) => all[tab.id]);
  const { run, phase } = useRun(tab.id);
  const [cache] = useState(() => new FaceCache());
  const wiring = useMemo(() => wiringOf(document), [document]);
  const found = useMemo(() => problemsByNode(analysis), [analysis]);
  const steps = useMemo(() => new Map(analysis?.plan?.steps.map((step) => [step.node, step])), [analysis?.plan]);
  return useMemo(() => {
    const isRunning = phase !== 'idle';
    const entries = Object.entries(document.nodes).map(([id, node]): [NodeId, NodeFace] => {
      const wired = wiring.get(id) ?? unwired;
      const face = cache.face(id, {
        node,
        definition: lookupNode(node.kind),
        wired,
        typeOf: (port) => typeAt(analysis, { node: id, port }),
        enters: (port) => typeAt(analysis, wired.sources.get(port)),
        run: ownEntry(run.nodes, node.name),
        step: steps.get(node.name),
        problems: found.get(node.name) ?? noProblems,
        isReading: analysis?.isReading !== false,
        isRunning,
        t,
        language,
        analysis,
      });
      return [id, face];
    });
    cache.keepOnly(document.nodes);
    return new Map(entries);
  }, [document.nodes, wiring, analysis, found, steps, run.nodes, phase, t, language, cache]);
}

const noProblems: readonly Problem[] = [];

interface Wiring {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly sources: ReadonlyMap<string, PortRef>;
}
interface Ports extends Wiring {
  readonly inputs: string[];
  readonly outputs: string[];
  readonly sources: Map<string, PortRef>;
}

const unwired: Wiring = { inputs: [], outputs: [], sources: new Map() };

function wiringOf(document: YardDocument): ReadonlyMap<NodeId, Wiring> {
  const found = new Map<NodeId, Ports>();
  const at = (node: NodeId): Ports => {
    const known = found.get(node) ?? { inputs: [], outputs: [], sources: new Map() };
    found.set(node, known);
    return known;
  };
  for (const { from, to } of wiresOf(document)) {
    if (!at(from.node).outputs.includes(from.port)) at(from.node).outputs.push(from.port);
    if (!at(to.node).inputs.includes(to.port)) at(to.node).inputs.push(to.port);
    at(to.node).sources.set(to.port, from);
  }
  return found;
}

function typeAt(analysis: Analysis | undefined, ref: PortRef | undefined): WireType | undefined {
  return ref && analysis && ownEntry(analysis.inference.types, `${ref.node}.${ref.port}`);
}

function problemsByNode(analysis: Analysis | undefined): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problemsOf(analysis)) {
    if (problem.node === undefined) continue;
    const list = found.get(problem.node);
    if (list) list.push(problem);
    else found.set(problem.node, [problem]);
  }
  return found;
}

type Inputs = FaceInput & { readonly analysis: Analysis | undefined };

class FaceCache {
  private readonly known = new Map<
    NodeId,
    { readonly inputs: Inputs; readonly face: NodeFace; readonly text: string }
  >();

  face(id: NodeId, inputs: Inputs): NodeFace {
    const before = this.known.get(id);
    if (before && isSame(before.inputs, inputs)) return before.face;
    const face = nodeFace(inputs);
    const text = textOf(face);
    const kept = before && before.text === text && before.face.run === face.run ? before.face : face;
    this.known.set(id, { inputs, face: kept, text });
    return kept;
  }

  keepOnly(nodes: YardDocument['nodes']): void {
    for (const id of this.known.keys()) if (!Object.hasOwn(nodes, id)) this.known.delete(id);
  }
}

/** Functions are new each time; what they read comes from the analysis and the wiring. */
function isSame(a: Inputs, b: Inputs): boolean {
  return (
    a.node === b.node &&
    a.wired === b.wired &&
    a.analysis === b.analysis &&
    a.run === b.run &&
    a.step === b.step &&
    a.problems === b.problems &&
    a.isRunning === b.isRunning &&
    a.language === b.language
  );
}

function textOf({ run, ...shown }: NodeFace): string {
  return JSON.stringify(shown);
}
