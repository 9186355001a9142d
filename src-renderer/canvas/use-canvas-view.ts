import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Boxes } from '../../src-shared/document/arrange';
import { setCanvasView } from '../store/canvas-view';
import { selectionOf } from '../store/ui';
import type { Tab } from '../store/workspace';
import { resting, useCanvas } from './canvas-store';
import { fitting } from './fit';
import { pointerIn } from './pointer';

const calm = { duration: 180 };

/** Puts what commands ask of a canvas where they find it, while this one is mounted. */
export function useCanvasView(tab: Tab, { boxes }: { readonly boxes: Boxes }): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const latest = useRef(boxes);
  latest.current = boxes;
  useEffect(() => {
    useCanvas.setState(resting);
    const element = () => store.getState().domNode;
    const centreOnScreen = () => {
      const rect = element()?.getBoundingClientRect();
      return rect ? { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 } : { x: 0, y: 0 };
    };
    return setCanvasView({
      document: tab.id,
      fit: (nodes) => {
        useCanvas.setState({ isFitted: nodes === undefined });
        void flow.fitView({ ...fitting, ...calm, ...(nodes ? { nodes: nodes.map((id) => ({ id })) } : {}) });
      },
      zoom: (change) => {
        useCanvas.setState({ isFitted: false });
        if (change === 'in') void flow.zoomIn(calm);
        else if (change === 'out') void flow.zoomOut(calm);
        else void flow.zoomTo(1, calm);
      },
      reveal: (node) => {
        reveal(latest.current[node], { flow, rect: element()?.getBoundingClientRect() });
        const canvas = element()?.closest<HTMLElement>('.main-canvas');
        if (canvas?.contains(document.activeElement)) focusOn(canvas, node);
      },
      centre: () => {
        const { x, y } = flow.screenToFlowPosition(centreOnScreen());
        return [x, y];
      },
      boxes: (nodes) =>
        Object.fromEntries(nodes.flatMap((id) => (latest.current[id] ? [[id, latest.current[id]]] : []))),
      openAddSearch: () => {
        const rect = element()?.getBoundingClientRect();
        const screen = (rect && pointerIn(rect)) ?? centreOnScreen();
        useCanvas.setState({ search: { screen, place: flow.screenToFlowPosition(screen) } });
      },
      startRename: (renaming) => useCanvas.setState({ renaming }),
      focus: () => focusOn(element()?.closest<HTMLElement>('.main-canvas'), selectionOf(tab.id).nodes.at(-1)),
    });
  }, [tab.id, flow, store]);
}

/** The node, so that the keyboard goes on from there; else the canvas. */
function focusOn(canvas: HTMLElement | null | undefined, node: string | undefined): void {
  const found = [...(canvas?.querySelectorAll<HTMLElement>('.react-flow__node') ?? [])].find(
    ({ dataset }) => dataset.id === node,
  );
  (found ?? canvas)?.focus({ preventScroll: true });
}

interface Around {
  readonly flow: ReturnType<typeof useReactFlow>;
  readonly rect: DOMRect | undefined;
}

/** Only as far as needed: a node that is in sight leaves the view as it is. */
function reveal(box: Boxes[string] | undefined, { flow, rect }: Around): void {
  if (!box || !rect) return;
  const start = flow.flowToScreenPosition({ x: box.x, y: box.y });
  const end = flow.flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
  const isSeen = start.x > rect.left && end.x < rect.right && start.y > rect.top && end.y < rect.bottom - 64;
  if (isSeen) return;
  const zoom = flow.getZoom();
  void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { ...calm, zoom });
}
