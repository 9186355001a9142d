import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import { select } from '../store/ui';
import { activeTab } from '../store/workspace';
import type { FrameNode } from './flow-nodes';

/** A titled frame around the nodes of a group; its title selects and drags them together. */
export const GroupFrame = memo(function GroupFrame({ id, data: { title, members } }: NodeProps<FrameNode>) {
  const t = useTranslate();
  const pick = () => {
    const tab = activeTab();
    if (tab) select(tab.id, { nodes: members });
  };
  return (
    <div className="group-frame" data-testid={id}>
      <button
        type="button"
        className="frame-title"
        aria-label={t('canvas.group', { title })}
        onClick={pick}
        onDoubleClick={() => {
          pick();
          runCommand('group.rename');
        }}
      >
        {title}
      </button>
    </div>
  );
});
