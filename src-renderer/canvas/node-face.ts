import type { YardNode } from '../../src-shared/document/document';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import type { Problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { NodeRun } from '../../src-shared/runs/run-state';
import type { Language } from '../../src-shared/text';
import type { InputPort, OutputPort, WireName, WireType } from '../../src-shared/types/ports';
import type { PlannedStep } from '../../src-shared/window-data';
import type { Translate } from '../i18n/i18n';
import { type NodeBody, nodeBody } from './node-body';
import { nodeFact } from './node-fact';
import { nodeSize } from './node-size';
import { type NodeStatus, nodeStatus } from './node-status';

export interface FacePort {
  readonly name: string;
  /** Decides its colour. */
  readonly wire: WireName | undefined;
  readonly isConnected: boolean;
  /** Nothing enters it, and the node cannot do without. */
  readonly isMissing: boolean;
  readonly isMany: boolean;
}

/** All that a node shows: drawn, sized and read aloud from this alone. */
export interface NodeFace {
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  /** Beside the title, where the name says something that the title does not. */
  readonly aside: string;
  readonly status: NodeStatus | undefined;
  /** Of the run, or of the plan while there is none; for tests. */
  readonly state: string;
  readonly fact: { readonly text: string; readonly isAsking: boolean };
  readonly body: NodeBody;
  /** Takes the place of the fact: a node does not grow over its neighbours because something is wrong. */
  readonly problem: string | undefined;
  readonly look: 'plain' | 'muted' | 'bypassed' | 'unknown';
  readonly isCollapsed: boolean;
  readonly colour: string | undefined;
  readonly inputs: readonly FacePort[];
  readonly outputs: readonly FacePort[];
  readonly width: number;
  readonly height: number;
  /** What a screen reader says. */
  readonly label: string;
  /** Only where the body draws it. */
  readonly run: NodeRun | undefined;
}

export interface FaceInput {
  readonly node: YardNode;
  readonly definition: NodeDefinition | undefined;
  /** Ports that wires touch: for kinds that this version does not know, these are all there are. */
  readonly wired: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
  readonly typeOf: (port: string) => WireType | undefined;
  /** What enters a port. */
  readonly enters: (port: string) => WireType | undefined;
  readonly run: NodeRun | undefined;
  readonly step: PlannedStep | undefined;
  readonly problems: readonly Problem[];
  readonly isReading: boolean;
  readonly isRunning: boolean;
  readonly t: Translate;
  readonly language: Language;
}

export function nodeFace(input: FaceInput): NodeFace {
  const { node, definition, run, step, t, language } = input;
  const inputs = inputPorts(input);
  const outputs = outputPorts(input);
  const problems = withoutOpenPorts(input.problems, inputs);
  const title = definition?.title[language] ?? node.kind;
  const isReading =
    input.isReading && definition?.probe !== undefined && outputs.every(({ name }) => !input.typeOf(name));
  const status = nodeStatus({
    node,
    isKnown: definition !== undefined,
    run,
    step,
    problems,
    isReading,
    isRunning: input.isRunning,
    t,
  });
  const problem = problemText(run, problems, language);
  const body = nodeBody(run);
  const fact = factOf(input, { inputs, outputs });
  const aside = nameAside(node, definition);
  const isCollapsed = node.collapsed === true;
  const size = nodeSize({
    title,
    name: aside,
    status: status ? `${status.sign} ${problem === undefined ? longer(status.text, status.room) : ''}`.trim() : '',
    fact: fact.text,
    inputs: inputs.map(({ name }) => name),
    outputs: outputs.map(({ name }) => name),
    body,
    isCollapsed,
  });
  return {
    kind: node.kind,
    name: node.name,
    title,
    aside,
    status,
    state: run?.state ?? step?.state ?? 'none',
    fact,
    body,
    problem,
    look: lookOf(node, definition),
    isCollapsed,
    colour: node.colour,
    inputs,
    outputs,
    ...size,
    label: [node.name, title, status?.text, fact.text, problem].filter(Boolean).join(', '),
    run: body.kind === 'none' ? undefined : run,
  };
}

function lookOf(node: YardNode, definition: NodeDefinition | undefined): NodeFace['look'] {
  if (!definition) return 'unknown';
  if (node.muted) return 'muted';
  return node.bypassed ? 'bypassed' : 'plain';
}

function inputPorts({ definition, wired, enters }: FaceInput): FacePort[] {
  if (!definition) return wired.inputs.map((name) => strangePort(name));
  const connected = new Set(wired.inputs);
  return Object.entries(definition.inputs).map(([name, port]) => {
    const isConnected = connected.has(name);
    const wire = enters(name)?.type ?? declaredInput(port);
    return { name, wire, isConnected, isMissing: !isConnected && !port.optional, isMany: port.many === true };
  });
}

function declaredInput({ type }: InputPort): WireName | undefined {
  return typeof type === 'string' ? type : type[0];
}

function outputPorts({ definition, wired, typeOf }: FaceInput): FacePort[] {
  if (!definition) return wired.outputs.map((name) => strangePort(name));
  const connected = new Set(wired.outputs);
  return Object.entries(definition.outputs).map(([name, port]) => {
    const wire = typeOf(name)?.type ?? declaredOutput(port, definition);
    return { name, wire, isConnected: connected.has(name), isMissing: false, isMany: true };
  });
}

function declaredOutput({ type }: OutputPort, definition: NodeDefinition): WireName | undefined {
  if (typeof type === 'string') return type;
  return [definition.inputs[type.as]?.type ?? []].flat()[0];
}

function strangePort(name: string): FacePort {
  return { name, wire: undefined, isConnected: true, isMissing: false, isMany: true };
}

/** A port that nothing enters yet is seen by its ring; the node need not shout while it is being wired. */
function withoutOpenPorts(problems: readonly Problem[], inputs: readonly FacePort[]): readonly Problem[] {
  const open = new Set(inputs.flatMap(({ name, isMissing }) => (isMissing ? [name] : [])));
  return problems.filter(({ port }) => port === undefined || !open.has(port));
}

function problemText(run: NodeRun | undefined, problems: readonly Problem[], language: Language): string | undefined {
  const failed = run?.state === 'failed' ? run.problems.find(({ severity }) => severity === 'error') : undefined;
  const first = problems.find(({ severity }) => severity === 'error') ?? failed;
  return first && explainProblem(first, language).text;
}

function factOf(
  { run, typeOf, t, language }: FaceInput,
  { inputs, outputs }: { readonly inputs: readonly FacePort[]; readonly outputs: readonly FacePort[] },
): NodeFace['fact'] {
  const missing = inputs.filter(({ isMissing }) => isMissing).map(({ name }) => name);
  if (missing.length > 0) return { text: t('canvas.factConnect', { ports: missing.join(', ') }), isAsking: true };
  const types = outputs.flatMap(({ name }) => typeOf(name) ?? []);
  return { text: nodeFact({ types, run, t, language }), isAsking: false };
}

/** The name, unless it only repeats the kind or the title: `conv2d_1` of Conv2D says nothing, `digits` does. */
function nameAside({ name, kind }: YardNode, definition: NodeDefinition | undefined): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const stem = plain(name.replace(/_\d+$/, ''));
  const known = [kind.split('.').at(-1) ?? '', definition?.title.en ?? '', definition?.title.zh ?? ''];
  return known.some((text) => plain(text) === stem) ? '' : name;
}

function longer(a: string, b = ''): string {
  return a.length >= b.length ? a : b;
}
