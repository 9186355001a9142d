import { useTranslate } from '../i18n/i18n';
import { useSelection } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { DocumentView } from './document-view';
import { ManyView } from './many-view';
import { NodeView } from './node-view';
import { NoteView } from './note-view';
import { WireView } from './wire-view';
import './inspector.css';

/** What is selected, as a form: a node, a wire, a note, several things, or the document itself. */
export function Inspector({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  return (
    <aside className="inspector scroll" aria-label={t('app.inspector')}>
      <Selected tab={tab} />
    </aside>
  );
}

function Selected({ tab }: { readonly tab: Tab }) {
  const document = useDocument(tab.editor);
  const selection = useSelection(tab.id);
  const nodes = selection.nodes.filter((id) => Object.hasOwn(document.nodes, id));
  const edges = selection.edges.filter((id) => Object.hasOwn(document.edges, id));
  const notes = selection.notes.filter((id) => Object.hasOwn(document.notes, id));
  const [node, edge, note] = [nodes[0], edges[0], notes[0]];
  if (nodes.length + notes.length > 1) return <ManyView tab={tab} nodes={nodes} />;
  if (node !== undefined) return <NodeView key={node} tab={tab} id={node} />;
  if (note !== undefined) return <NoteView key={note} tab={tab} id={note} />;
  if (edge !== undefined) return <WireView key={edge} tab={tab} id={edge} />;
  return <DocumentView tab={tab} />;
}
