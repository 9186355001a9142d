import { useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import type { Tab } from '../store/workspace';
import { addWhere } from './add-node';
import { useCanvas } from './canvas-store';
import { takeFiles } from './drop-files';
import type { WireRoute } from './route-wire';
import { wireAcross } from './splice';

/** What a dragged entry of the palette carries: the node's kind. */
const nodeType = 'application/x-modelyard-node';
/** About the size of a node, to see which wire it would lie on. */
const usual = { width: 144, height: 64 };

/** Nodes from the palette, and files from the system, are dropped where the pointer is. */
export function useDropping(tab: Tab, { routes }: { readonly routes: ReadonlyMap<string, WireRoute> }) {
  const { screenToFlowPosition } = useReactFlow();
  const placeOf = ({ clientX, clientY }: DragEvent) => screenToFlowPosition({ x: clientX, y: clientY });
  const wireAt = (event: DragEvent) => {
    const { x, y } = placeOf(event);
    return wireAcross({ ...usual, x: x - usual.width / 2, y: y - usual.height / 2 }, routes);
  };
  return {
    onDragOver: (event: DragEvent) => {
      const { types } = event.dataTransfer;
      if (tab.readOnly || !(types.includes(nodeType) || types.includes('Files'))) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const under = types.includes(nodeType) && !event.altKey ? wireAt(event) : undefined;
      if (useCanvas.getState().under !== under) useCanvas.setState({ under });
    },
    onDragLeave: () => useCanvas.setState({ under: undefined }),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const { under } = useCanvas.getState();
      useCanvas.setState({ under: undefined });
      const { x, y } = placeOf(event);
      const kind = event.dataTransfer.getData(nodeType);
      const place = { x: x - usual.width / 2, y };
      if (kind) addWhere(tab, kind, { place, ...(under === undefined ? {} : { wire: under }) });
      else void takeFiles(tab, [...event.dataTransfer.files], place);
    },
  };
}
