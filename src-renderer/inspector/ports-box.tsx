import type { NodeId, PortRef } from '../../src-shared/document/document';
import { wireKey, wiresOf } from '../../src-shared/document/wires';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import type { WireName, WireType } from '../../src-shared/types/ports';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useAnalysis } from '../store/analysis';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { typeLines, wireName } from './type-words';

interface Props {
  readonly tab: Tab;
  readonly id: NodeId;
  readonly definition: NodeDefinition;
}

/** What enters and what leaves: each port with its type in words. */
export function PortsBox({ tab, id, definition }: Props) {
  const t = useTranslate();
  const wires = wiresOf(useDocument(tab.editor)).filter(({ to }) => to.node === id);
  return (
    <dl className="inspector-ports mono">
      {Object.entries(definition.inputs).map(([port, { type, optional }]) => (
        <Port
          key={`in.${port}`}
          tab={tab}
          arrow="→"
          title={t('inspector.portIn', { port })}
          port={port}
          refs={wires.filter(({ to }) => to.port === port).map(({ from }) => from)}
          kinds={[type].flat()}
          isOptional={optional === true}
        />
      ))}
      {Object.entries(definition.outputs).map(([port, { type }]) => (
        <Port
          key={`out.${port}`}
          tab={tab}
          arrow="←"
          title={t('inspector.portOut', { port })}
          port={port}
          refs={[{ node: id, port }]}
          kinds={typeof type === 'string' ? [type] : [definition.inputs[type.as]?.type ?? []].flat()}
        />
      ))}
    </dl>
  );
}

interface PortProps {
  readonly tab: Tab;
  readonly arrow: string;
  readonly title: string;
  readonly port: string;
  /** The outputs whose types these are. */
  readonly refs: readonly PortRef[];
  /** What the port is declared to carry. */
  readonly kinds: readonly WireName[];
  readonly isOptional?: boolean;
}

function Port({ tab, arrow, title, port, refs, kinds, isOptional = false }: PortProps) {
  const t = useTranslate();
  const language = useLanguage();
  const types = useAnalysis((all) => all[tab.id]?.inference.types);
  const known = refs.flatMap((ref): WireType | WireType[] => types?.[wireKey(ref)] ?? []);
  const wanted = kinds.map((kind) => wireName(kind, language)).join(' / ');
  const state = refs.length > 0 ? '' : isOptional ? t('inspector.optional') : t('inspector.notConnected');
  return (
    <div className="inspector-port" title={title}>
      <dt>
        <span aria-hidden="true">{arrow}</span> <span className="visually-hidden">{title}</span>
        <span className="inspector-port-name" aria-hidden="true">
          {port}
        </span>
      </dt>
      <dd>
        {known.length === 0 ? (
          <span className="muted">{[wanted, state].filter(Boolean).join(' · ')}</span>
        ) : (
          known.map((type, index) => (
            // Wires into one port have no other identity than their order.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <TypeText key={index} lines={typeLines(type, language)} />
          ))
        )}
      </dd>
    </div>
  );
}

function TypeText({ lines }: { readonly lines: readonly string[] }) {
  const [first, ...rest] = lines;
  return (
    <>
      <span>{first}</span>
      {rest.map((line) => (
        <span key={line} className="muted">
          {line}
        </span>
      ))}
    </>
  );
}
