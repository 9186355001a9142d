import { useEffect, useRef } from 'react';
import { renameNode } from '../../src-shared/document/edit-nodes';
import { tell } from '../app/tell';
import { useTranslate } from '../i18n/i18n';
import { activeTab } from '../store/workspace';
import { useCanvas } from './canvas-store';
import type { NodeFace } from './node-face';

/** Title and name; the name can be typed anew in place. */
export function NodeTitle({ id, face }: { readonly id: string; readonly face: NodeFace }) {
  const isRenaming = useCanvas(({ renaming }) => renaming === id);
  if (isRenaming) return <NameField id={id} name={face.name} />;
  return (
    <>
      <span className="node-title">{face.title}</span>
      {face.aside ? (
        <span className="node-name mono" title={face.aside}>
          {face.aside}
        </span>
      ) : null}
    </>
  );
}

function NameField({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslate();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const close = (typed?: string) => {
    useCanvas.setState({ renaming: undefined });
    const wanted = typed?.trim();
    const tab = activeTab();
    if (!tab || !wanted || wanted === name) return;
    const refused = tab.editor.edit('node.rename', (document) => renameNode(document, id, wanted));
    if (refused) tell(refused);
  };
  return (
    <input
      ref={field}
      className="node-rename nodrag nopan"
      aria-label={t('canvas.rename')}
      defaultValue={name}
      spellCheck={false}
      onBlur={({ currentTarget }) => close(currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') close(event.currentTarget.value);
        if (event.key === 'Escape') close();
      }}
    />
  );
}
