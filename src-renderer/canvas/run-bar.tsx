import { useStore } from '@xyflow/react';
import { Maximize, Minus, Play, Plus, Square } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useShownKeys } from '../commands/bindings';
import { findCommand } from '../commands/command-list';
import { isEnabled, runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';
import { useAnalysis } from '../store/analysis';
import { useRun } from '../store/runs';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { PlanTable } from './plan-table';
import { planLine } from './plan-words';
import { RunWords } from './run-words';
import './run-bar.css';

/** The bar at the foot of the canvas: run, stop, what a run would take, zoom. */
export function RunBar({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { phase } = useRun(tab.id);
  // The commands look at the document; the buttons follow it.
  useDocument(tab.editor);
  return (
    <div className="run-bar surface" role="toolbar" aria-label={t('canvas.runBar')}>
      <BarButton command="run.start" className="button primary" label="canvas.run">
        <Play size={14} fill="currentColor" aria-hidden="true" />
      </BarButton>
      <BarButton command="run.stop" className="icon-button" hidden="canvas.stop">
        <Square size={14} fill="currentColor" aria-hidden="true" />
      </BarButton>
      {phase === 'idle' ? <Plan tab={tab} /> : <RunWords tab={tab} />}
      <Zoom />
    </div>
  );
}

interface ButtonProps {
  readonly command: string;
  readonly className: string;
  readonly label?: MessageKey;
  /** What it is called where only a sign is seen. */
  readonly hidden?: MessageKey;
  readonly children: React.ReactNode;
}

function BarButton({ command, className, label, hidden, children }: ButtonProps) {
  const t = useTranslate();
  const keys = useShownKeys(findCommand(command) ?? { id: command });
  const name = t(label ?? hidden ?? 'canvas.run');
  return (
    <button
      type="button"
      className={className}
      aria-label={label ? undefined : name}
      title={keys ? `${name} (${keys})` : name}
      disabled={!isEnabled(command)}
      onClick={() => runCommand(command)}
    >
      {children}
      {label ? name : null}
    </button>
  );
}

/** The plan in one line; a click shows all of it. */
function Plan({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const plan = useAnalysis((all) => all[tab.id]?.plan);
  const isEmpty = Object.keys(tab.editor.document.nodes).length === 0;
  if (isEmpty) return null;
  if (!plan) return <span className="run-bar-words muted">{t('canvas.planReading')}</span>;
  return (
    <Popover.Root>
      <Popover.Trigger className="run-bar-plan" title={t('canvas.planTitle')}>
        {planLine(plan.steps, t)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="surface plan-popover"
          side="top"
          sideOffset={12}
          collisionPadding={12}
          aria-label={t('canvas.planTitle')}
        >
          <h2 className="plan-title">{t('canvas.planTitle')}</h2>
          <PlanTable steps={plan.steps} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Zoom() {
  const t = useTranslate();
  const zoom = useStore(({ transform }) => transform[2]);
  return (
    <div className="run-bar-zoom">
      <BarButton command="view.zoomOut" className="icon-button" hidden="canvas.zoomOut">
        <Minus size={14} aria-hidden="true" />
      </BarButton>
      <button
        type="button"
        className="run-bar-share mono"
        title={t('canvas.zoomReset')}
        onClick={() => runCommand('view.zoomReset')}
      >
        {Math.round(zoom * 100)} %
      </button>
      <BarButton command="view.zoomIn" className="icon-button" hidden="canvas.zoomIn">
        <Plus size={14} aria-hidden="true" />
      </BarButton>
      <BarButton command="view.fitAll" className="icon-button" hidden="canvas.fit">
        <Maximize size={14} aria-hidden="true" />
      </BarButton>
    </div>
  );
}
