import { Command } from 'cmdk';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo } from 'react';
import type { NodeId } from '../../src-shared/document/document';
import { connect } from '../../src-shared/document/edit-edges';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import { explainProblem } from '../../src-shared/problems/sentences';
import { tell } from '../app/tell';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { openDialog, useSelection, useUi } from '../store/ui';
import { useDocument } from '../store/use-editor';
import { type Tab, useActiveTab } from '../store/workspace';
import { type ConnectChoice, connectChoices } from './connect-choices';
import './library.css';

const known = { lookup: lookupNode, nodes };
/** Refusals shown at most: they teach, they are not to be read through. */
const mostRefused = 30;

/** Wires by name instead of by hand: the dialog `connect`, for the node that is selected. */
export function ConnectDialog() {
  const isOpen = useUi(({ dialog }) => dialog === 'connect');
  const tab = useActiveTab();
  return (
    <Dialog.Root open={isOpen && tab !== undefined} onOpenChange={() => openDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-backdrop" />
        <Dialog.Content className="surface dialog connect-dialog" aria-describedby={undefined}>
          {tab ? <Choices tab={tab} /> : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const document = useDocument(tab.editor);
  const node = useSelection(tab.id).nodes.find((id) => Object.hasOwn(document.nodes, id));
  const choices = useMemo(() => {
    return node === undefined ? [] : connectChoices(document, node, known);
  }, [document, node]);
  const name = node === undefined ? '' : (document.nodes[node]?.name ?? '');
  const draw = ({ from, to }: ConnectChoice) => {
    const refused = tab.editor.edit('edge.add', (before) => connect(before, { from, to }, known));
    if (refused) tell(refused);
    openDialog(undefined);
  };
  const [fits, refused] = [choices.filter(({ refusal }) => !refusal), choices.filter(({ refusal }) => refusal)];
  return (
    <>
      <Dialog.Title className="dialog-title">
        {node === undefined ? t('library.connectNothing') : t('library.connectTitle', { name })}
      </Dialog.Title>
      <Command label={t('library.connectSearch')} loop>
        <Command.Input className="input" placeholder={t('library.connectSearch')} />
        <Command.List className="connect-list scroll">
          <Command.Empty className="muted small library-empty">{t('library.connectNone')}</Command.Empty>
          {fits.map((choice) => (
            <Choice key={keyOf(choice)} tab={tab} choice={choice} onDraw={draw} />
          ))}
          {refused.length > 0 ? (
            <Command.Group heading={t('library.connectRefused')} className="add-group">
              {refused.slice(0, mostRefused).map((choice) => (
                <Choice key={keyOf(choice)} tab={tab} choice={choice} onDraw={draw} />
              ))}
            </Command.Group>
          ) : null}
        </Command.List>
      </Command>
    </>
  );
}

function keyOf({ from, to }: ConnectChoice): string {
  return `${from.node}.${from.port}>${to.node}.${to.port}`;
}

interface ChoiceProps {
  readonly tab: Tab;
  readonly choice: ConnectChoice;
  readonly onDraw: (choice: ConnectChoice) => void;
}

function Choice({ tab, choice, onDraw }: ChoiceProps) {
  const t = useTranslate();
  const language = useLanguage();
  const { from, to, isLeaving, isConnected, refusal } = choice;
  const nameOf = (id: NodeId) => tab.editor.document.nodes[id]?.name ?? id;
  const [own, other] = isLeaving ? [from, to] : [to, from];
  const Arrow = isLeaving ? ArrowRight : ArrowLeft;
  const title = lookupNode(tab.editor.document.nodes[other.node]?.kind ?? '')?.title[language] ?? '';
  return (
    <Command.Item
      className="menu-item connect-choice"
      value={keyOf(choice)}
      keywords={[nameOf(other.node), other.port, title]}
      disabled={refusal !== undefined || isConnected}
      onSelect={() => onDraw(choice)}
    >
      <span className="mono muted">{own.port}</span>
      <Arrow size={14} aria-label={t(isLeaving ? 'library.connectInto' : 'library.connectFrom')} />
      <span className="connect-other">
        {nameOf(other.node)} <span className="mono muted">{other.port}</span>
      </span>
      <span className="muted small connect-why">
        {refusal ? explainProblem(refusal, language).text : isConnected ? t('library.connected') : title}
      </span>
    </Command.Item>
  );
}
