import { useMemo, useRef, useState } from 'react';
import type { Boxes } from '../../src-shared/document/arrange';
import type { YardDocument } from '../../src-shared/document/document';
import { ownEntry } from '../../src-shared/document/own-entry';
import type { Problem } from '../../src-shared/problem';
import { problemsOf, useAnalysis } from '../store/analysis';
import { useSelection } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { BoxIndex } from './box-index';
import { FlowEdges, wireEnds } from './flow-edges';
import { FlowNodes, type Moved, nodeBoxes, noteId } from './flow-nodes';
import { routeWire, type WireEnds, type WireRoute } from './route-wire';
import { routeWires } from './route-wires';
import { type Faces, useFaces } from './use-faces';

/** Everything that React Flow draws, from the document, what is known of it, and what is being dragged. */
export function useFlow(tab: Tab, moved: Moved) {
  const document = useDocument(tab.editor);
  const selection = useSelection(tab.id);
  const faces = useFaces(tab, document);
  const boxes = useMemo(() => nodeBoxes(document, faces, moved), [document, faces, moved]);
  const routes = useRoutes({ document, faces, boxes, moved });
  const [flowNodes] = useState(() => new FlowNodes());
  const nodes = useMemo(
    () => flowNodes.update({ tab, document, faces, boxes, moved, selection }),
    [flowNodes, tab, document, faces, boxes, moved, selection],
  );
  const edges = useEdges(tab, { document, faces, routes, selected: selection.edges });
  return { document, nodes, edges, boxes, faces, routes };
}

interface Shown {
  readonly document: YardDocument;
  readonly faces: Faces;
  readonly routes: ReadonlyMap<string, WireRoute>;
  readonly selected: readonly string[];
}

function useEdges(tab: Tab, shown: Shown) {
  const analysis = useAnalysis((all) => all[tab.id]);
  const wrong = useMemo(() => wrongPorts(problemsOf(analysis)), [analysis]);
  const types = analysis?.inference.types;
  const [flowEdges] = useState(() => new FlowEdges());
  const { document, faces, routes, selected } = shown;
  return useMemo(() => {
    const typeOf = (key: string) => (types ? ownEntry(types, key) : undefined);
    return flowEdges.update({ document, faces, routes, selected, typeOf, wrong });
  }, [flowEdges, document, faces, routes, selected, types, wrong]);
}

function wrongPorts(problems: readonly Problem[]): ReadonlySet<string> {
  return new Set(
    problems.flatMap(({ severity, node, port }) => (severity === 'error' && node && port ? [`${node}.${port}`] : [])),
  );
}

interface RouteInput {
  readonly document: YardDocument;
  readonly faces: Faces;
  readonly boxes: Boxes;
  readonly moved: Moved;
}

/** While something is dragged only its own wires find their way anew; the others follow when it is dropped. */
function useRoutes({ document, faces, boxes, moved }: RouteInput): ReadonlyMap<string, WireRoute> {
  const settled = useRef<{ key: string; routes: ReadonlyMap<string, WireRoute> }>({ key: '', routes: new Map() });
  return useMemo(() => {
    const ends = wireEnds(document, faces, boxes);
    const around = { ...boxes, ...noteBoxes(document, moved) };
    if (moved.size > 0) return withMoved(settled.current.routes, { ends, around, moved });
    const key = keyOf(ends, around);
    if (key !== settled.current.key) settled.current = { key, routes: routeWires(ends, around) };
    return settled.current.routes;
  }, [document, faces, boxes, moved]);
}

/** Notes are read: wires go around them. */
function noteBoxes({ notes }: YardDocument, moved: Moved): Boxes {
  return Object.fromEntries(
    Object.entries(notes).map(([id, { position, size }]) => {
      const [x, y, width = size[0], height = size[1]] = moved.get(noteId(id)) ?? position;
      return [noteId(id), { x, y, width, height }];
    }),
  );
}

function keyOf(ends: ReadonlyMap<string, WireEnds>, boxes: Boxes): string {
  const wires = [...ends].map(([id, { from, to }]) => `${id} ${from.x} ${from.y} ${to.x} ${to.y}`);
  return [...wires, ...Object.values(boxes).map(({ x, y, width, height }) => `${x} ${y} ${width} ${height}`)].join('|');
}

interface Moving {
  readonly ends: ReadonlyMap<string, WireEnds>;
  readonly around: Boxes;
  readonly moved: Moved;
}

function withMoved(routes: ReadonlyMap<string, WireRoute>, { ends, around, moved }: Moving): Map<string, WireRoute> {
  const index = new BoxIndex(Object.entries(around));
  return new Map(
    [...ends].map(([id, end]) => {
      const known = moved.has(end.source) || moved.has(end.target) ? undefined : routes.get(id);
      return [id, known ?? routeWire(end, index)];
    }),
  );
}
