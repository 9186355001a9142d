import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { groupOf, nodeGroups } from '../../src-shared/nodes/groups';
import type { ParamDeclarations } from '../../src-shared/types/params';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { addToView } from '../library/add-to-view';
import { GroupIcon } from '../library/group-icon';
import { searchNodes } from '../library/search-nodes';
import { openDialog } from '../store/ui';
import { useActiveTab } from '../store/workspace';
import { Modal } from './modal';
import './help.css';

/** What every node does, takes and gives: all from the node's own file. */
export function HelpDialog() {
  const t = useTranslate();
  return (
    <Modal name="help" title={t('commands.help_nodes')} className="wide-dialog help-dialog">
      <Nodes />
    </Modal>
  );
}

function Nodes() {
  const t = useTranslate();
  const language = useLanguage();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<string>();
  const found = searchNodes(text);
  const shown = found.find((node) => node.kind === kind) ?? found[0];
  return (
    <div className="help">
      <div className="help-side">
        <input
          className="input"
          data-first=""
          value={text}
          placeholder={t('app.helpSearch')}
          aria-label={t('app.helpSearch')}
          onChange={({ target }) => setText(target.value)}
        />
        <ul className="help-list scroll" aria-label={t('app.help')}>
          {found.map((node) => (
            <li key={node.kind}>
              <button
                type="button"
                className="help-item"
                aria-current={node === shown}
                onClick={() => setKind(node.kind)}
              >
                <GroupIcon kind={node.kind} />
                {node.title[language]}
              </button>
            </li>
          ))}
        </ul>
      </div>
      {shown ? <NodePage node={shown} /> : <p className="muted">{t('app.paletteEmpty', { text })}</p>}
    </div>
  );
}

function NodePage({ node }: { readonly node: NodeDefinition }) {
  const t = useTranslate();
  const language = useLanguage();
  const tab = useActiveTab();
  const { kind, title, summary, docs, inputs, outputs, params } = node;
  const group = nodeGroups.find(({ id }) => id === groupOf(kind));
  const inputRows = Object.entries(inputs).map(([name, { type, optional }]) => {
    const note = optional ? ` · ${t('app.helpOptional')}` : '';
    return { name, about: `${[type].flat().join(' / ')}${note}` };
  });
  const outputRows = Object.entries(outputs).map(([name, { type }]) => {
    return { name, about: typeof type === 'string' ? type : `→ ${type.as}` };
  });
  return (
    // The page starts at its top for every node.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a pointer it is scrolled by keys.
    <article className="help-page scroll" key={kind} tabIndex={0}>
      <header className="help-head">
        <h3 className="help-title">{title[language]}</h3>
        <span className="muted small">{group?.title[language]}</span>
        {tab ? (
          <button
            type="button"
            className="button help-add"
            onClick={() => {
              openDialog(undefined);
              addToView(tab, kind);
            }}
          >
            <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
            {t('app.helpAdd')}
          </button>
        ) : null}
      </header>
      <p>{summary[language]}</p>
      {docs ? <p className="muted">{docs[language]}</p> : null}
      <Ports title={t('app.helpInputs')} rows={inputRows} />
      <Ports title={t('app.helpOutputs')} rows={outputRows} />
      <Params params={params} />
    </article>
  );
}

interface PortsProps {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly about: string }[];
}

function Ports({ title, rows }: PortsProps) {
  const t = useTranslate();
  return (
    <section>
      <h4 className="section-title">{title}</h4>
      {rows.length === 0 ? <p className="muted">{t('app.helpNothing')}</p> : null}
      <dl className="help-rows">
        {rows.map(({ name, about }) => (
          <div key={name} className="help-row">
            <dt className="mono">{name}</dt>
            <dd className="muted mono">{about}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Params({ params }: { readonly params: ParamDeclarations }) {
  const t = useTranslate();
  const language = useLanguage();
  const declared = Object.entries(params);
  if (declared.length === 0) return null;
  return (
    <section>
      <h4 className="section-title">{t('app.helpSettings')}</h4>
      <dl className="help-rows">
        {declared.map(([name, { label, help, type }]) => (
          <div key={name} className="help-row">
            <dt>{label[language]}</dt>
            <dd className="muted">
              {help ? help[language] : null} <span className="mono small">{`${name}: ${type}`}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
