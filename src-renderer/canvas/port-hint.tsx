import { Tooltip } from 'radix-ui';
import { create } from 'zustand';
import { ownEntry } from '../../src-shared/document/own-entry';
import { wiresOf } from '../../src-shared/document/wires';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { WireType } from '../../src-shared/types/ports';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { typeLines, wireName } from '../inspector/type-words';
import { useAnalysis } from '../store/analysis';
import type { Tab } from '../store/workspace';
import type { OpenEnd } from './canvas-store';
import { SchemaLines } from './schema-lines';

interface Hinted {
  readonly end: OpenEnd;
  readonly left: number;
  readonly top: number;
}

const useHint = create<{ readonly hinted: Hinted | undefined }>(() => ({ hinted: undefined }));
const restMs = 300;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The pointer rests on a port: after a moment, what it carries is told. One hint serves all ports. */
export function restOnPort(end: OpenEnd, element: Element): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { left, top, width, height } = element.getBoundingClientRect();
    useHint.setState({ hinted: { end, left: left + width / 2, top: top + height / 2 } });
  }, restMs);
}

export function leavePort(): void {
  clearTimeout(timer);
  useHint.setState({ hinted: undefined });
}

export function PortHint({ tab }: { readonly tab: Tab }) {
  const hinted = useHint((state) => state.hinted);
  if (!hinted) return null;
  const { left, top, end } = hinted;
  return (
    <Tooltip.Provider>
      <Tooltip.Root open>
        <Tooltip.Trigger asChild>
          <span className="canvas-anchor" style={{ left, top }} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            className="surface port-hint"
            side={end.side === 'input' ? 'left' : 'right'}
            sideOffset={12}
            collisionPadding={8}
          >
            <PortWords tab={tab} end={end} />
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}

function PortWords({ tab, end }: { readonly tab: Tab; readonly end: OpenEnd }) {
  const t = useTranslate();
  const language = useLanguage();
  const analysis = useAnalysis((all) => all[tab.id]);
  const { document } = tab.editor;
  const definition = lookupNode(ownEntry(document.nodes, end.node)?.kind ?? '');
  const input = end.side === 'input' ? ownEntry(definition?.inputs ?? {}, end.port) : undefined;
  const sources =
    end.side === 'output'
      ? [`${end.node}.${end.port}`]
      : wiresOf(document)
          .filter(({ to }) => to.node === end.node && to.port === end.port)
          .map(({ from }) => `${from.node}.${from.port}`);
  const types = sources.flatMap((key): WireType[] => {
    const type = analysis && ownEntry(analysis.inference.types, key);
    return type ? [type] : [];
  });
  const names = [input?.type ?? []].flat().map((name) => wireName(name, language));
  const asks = [input?.optional ? t('canvas.optional') : '', input?.many ? t('canvas.many') : ''].filter(Boolean);
  return (
    <>
      <p className="port-hint-head">
        <span className="mono">{end.port}</span>
        <span className="muted">
          {[t(end.side === 'input' ? 'canvas.input' : 'canvas.output'), ...asks].join(' · ')}
        </span>
      </p>
      {names.length > 0 ? <p className="muted">{t('canvas.accepts', { names: names.join(' / ') })}</p> : null}
      {types.length === 0 && end.side === 'input' ? <p className="muted">{t('canvas.notConnected')}</p> : null}
      {types.map((type, index) => (
        // Wires into one port have no other identity than their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className="port-hint-type">
          {typeLines(type, language).map((line) => (
            <p key={line} className="mono">
              {line}
            </p>
          ))}
          <SchemaLines type={type} />
        </div>
      ))}
    </>
  );
}
