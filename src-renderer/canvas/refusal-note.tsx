import { Popover } from 'radix-ui';
import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { connect } from '../../src-shared/document/edit-edges';
import { addNode } from '../../src-shared/document/edit-nodes';
import { mendingNode } from '../../src-shared/document/mending-node';
import { ownEntry } from '../../src-shared/document/own-entry';
import { isProblem, type Problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import { tell } from '../app/tell';
import { known } from '../commands/active';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { select } from '../store/ui';
import type { Tab } from '../store/workspace';
import { type Refusal, useCanvas } from './canvas-store';

/** Why a wire was refused, where it was dropped, with the node that would make it fit. */
export function RefusalNote({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const language = useLanguage();
  const refusal = useCanvas((state) => state.refusal);
  if (!refusal) return null;
  const { screen, problem } = refusal;
  const close = () => useCanvas.setState({ refusal: undefined });
  const { text, fix } = explainProblem(problem, language);
  const adapter = problem.fix && mendingNode(problem.fix, known)?.definition;
  return (
    <Popover.Root open onOpenChange={close}>
      <Popover.Anchor asChild>
        <span className="canvas-anchor" style={{ left: screen.x, top: screen.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="surface refusal"
          side="bottom"
          sideOffset={10}
          collisionPadding={8}
          aria-label={t('canvas.refused')}
        >
          <p role="alert">{text}</p>
          {adapter ? (
            <button
              type="button"
              className="button primary"
              onClick={() => {
                close();
                insert(tab, refusal, adapter.kind);
              }}
            >
              {t('canvas.insert', { title: adapter.title[language] })}
            </button>
          ) : (
            <p className="muted">{fix}</p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function insert({ id, editor }: Tab, { from, to }: Refusal, kind: string): void {
  let made: NodeId | undefined;
  const refused = editor.edit('node.add', (document) => {
    const between = placeBetween(document, from.node, to.node);
    const added = addNode(document, { kind, position: between }, known.lookup);
    if (isProblem(added)) return added;
    made = added.id;
    const input = firstWire(
      added.document,
      portsOf(kind, 'inputs', added.id).map((port) => ({ from, to: port })),
    );
    return isProblem(input)
      ? input
      : firstWire(
          input,
          portsOf(kind, 'outputs', added.id).map((port) => ({ from: port, to })),
        );
  });
  if (refused) tell(refused);
  else if (made !== undefined) select(id, { nodes: [made] });
}

function portsOf(kind: string, side: 'inputs' | 'outputs', node: NodeId) {
  return Object.keys(known.lookup(kind)?.[side] ?? {}).map((port) => ({ node, port }));
}

function firstWire(document: YardDocument, ends: readonly Pick<Refusal, 'from' | 'to'>[]): YardDocument | Problem {
  let last: YardDocument | Problem = document;
  for (const each of ends) {
    last = connect(document, each, known);
    if (!isProblem(last)) return last;
  }
  return last;
}

function placeBetween({ nodes }: YardDocument, a: NodeId, b: NodeId): readonly [number, number] {
  const [left, top] = ownEntry(nodes, a)?.position ?? [0, 0];
  const [right, bottom] = ownEntry(nodes, b)?.position ?? [left, top];
  return [Math.round((left + right) / 16) * 8, Math.round((top + bottom) / 16) * 8];
}
