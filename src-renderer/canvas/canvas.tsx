import { ReactFlowProvider } from '@xyflow/react';
import { useTranslate } from '../i18n/i18n';
import { useEditor } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { AddNodeSearch } from './add-node-search';
import { CanvasMenu } from './canvas-menu';
import { EmptyCanvas } from './empty-canvas';
import { Flow } from './flow';
import { LiveWords } from './live-words';
import { PortHint } from './port-hint';
import { RefusalNote } from './refusal-note';
import { RunBar } from './run-bar';
import './canvas.css';

/** The document as a graph: the one place where nodes are laid, wired and watched. */
export function Canvas({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const isEmpty = useEditor(tab.editor, ({ document }) => {
    return Object.keys(document.nodes).length + Object.keys(document.notes).length === 0;
  });
  return (
    <section className="main-canvas" tabIndex={-1} aria-label={t('canvas.canvas')}>
      <ReactFlowProvider>
        <CanvasMenu tab={tab}>
          <Flow tab={tab} />
        </CanvasMenu>
        {isEmpty ? <EmptyCanvas tab={tab} /> : null}
        <RunBar tab={tab} />
        <AddNodeSearch tab={tab} />
        <RefusalNote tab={tab} />
        <PortHint tab={tab} />
        <LiveWords tab={tab} />
      </ReactFlowProvider>
    </section>
  );
}
