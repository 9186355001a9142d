import { Copy, Eye, EyeOff, Play, Redo2, Trash2, Undo2 } from 'lucide-react';
import type { NodeId } from '../../src-shared/document/document';
import { runCommand } from '../commands/run-command';
import { Hint } from '../fields/hint';
import { useTranslate } from '../i18n/i18n';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';

/** What can be done with the selected nodes; each is a command, so that keys and palette do the same. */
export function NodeActions({ tab, nodes }: { readonly tab: Tab; readonly nodes: readonly NodeId[] }) {
  const t = useTranslate();
  const document = useDocument(tab.editor);
  const isMuted = nodes.every((id) => document.nodes[id]?.muted);
  const isBypassed = nodes.every((id) => document.nodes[id]?.bypassed);
  const actions = [
    { id: 'node.mute', icon: isMuted ? Eye : EyeOff, label: t(isMuted ? 'inspector.unmute' : 'inspector.mute') },
    {
      id: 'node.bypass',
      icon: isBypassed ? Undo2 : Redo2,
      label: t(isBypassed ? 'inspector.unbypass' : 'inspector.bypass'),
    },
    { id: 'edit.duplicate', icon: Copy, label: t('inspector.duplicate') },
    { id: 'edit.delete', icon: Trash2, label: t('inspector.remove') },
  ];
  return (
    <div className="inspector-actions" role="toolbar" aria-label={t('inspector.actions')}>
      {nodes.length === 1 ? (
        <button type="button" className="button" onClick={() => runCommand('run.toHere')}>
          <Play size={14} strokeWidth={1.75} aria-hidden="true" />
          {t('inspector.runToHere')}
        </button>
      ) : null}
      {actions.map(({ id, icon: Icon, label }) => (
        <Hint key={id} text={label} side="bottom">
          <button
            type="button"
            className="icon-button"
            aria-label={label}
            disabled={tab.readOnly !== undefined}
            onClick={() => runCommand(id)}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </Hint>
      ))}
    </div>
  );
}
