import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { findNode } from '../../../src-shared/document/set-params';
import type { AskOf } from '../../../src-shared/ipc';
import type { Example, Examples } from '../../../src-shared/preview';
import { countText, shareText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { useRun } from '../../store/runs';
import { useDocument } from '../../store/use-editor';
import type { Tab } from '../../store/workspace';
import { NothingView } from '../preview/nothing-view';
import { PngImage } from '../preview/table-row';
import { ScrollBox } from '../scroll-box';
import { useAnswer } from '../use-answer';
import { useKept } from '../use-kept';
import { FeatureList } from './feature-list';
import { Figure } from './figure';
import type { Confusion } from './report-view';

interface Props {
  readonly tab: Tab;
  readonly node: string;
  readonly cell: Confusion;
  /** Of a model with several outputs. */
  readonly output?: string;
  readonly onClose: () => void;
}

const pageSize = 24;

/** The rows behind one cell of a confusion matrix, page by page. */
export function ExamplesFigure({ tab, node, cell, output, onClose }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  const [offset, setOffset] = useState(0);
  const { value, problem, isLoading } = useExamples(
    { tab, node },
    { ...cell, offset, limit: pageSize, ...(output === undefined ? {} : { output }) },
  );
  const title = t('panels.examplesOf', { truth: cell.truth, predicted: cell.predicted });
  const to = Math.min(offset + pageSize, value?.total ?? 0);
  return (
    <Figure
      title={title}
      isAnswer
      legend={
        <span className="example-pages small">
          {value && value.total > pageSize ? (
            <>
              <PageButton label={t('panels.earlier')} isOff={offset === 0} onClick={() => setOffset(offset - pageSize)}>
                <ChevronLeft size={14} aria-hidden="true" />
              </PageButton>
              <span className="mono muted">{`${offset + 1}–${to} / ${countText(value.total, language)}`}</span>
              <PageButton
                label={t('panels.later')}
                isOff={to >= value.total}
                onClick={() => setOffset(offset + pageSize)}
              >
                <ChevronRight size={14} aria-hidden="true" />
              </PageButton>
            </>
          ) : null}
          <PageButton label={t('app.close')} isOff={false} onClick={onClose}>
            <X size={14} aria-hidden="true" />
          </PageButton>
        </span>
      }
    >
      <ScrollBox className="examples" aria-label={title} aria-busy={isLoading}>
        {problem ? <NothingView tab={tab} problem={problem} /> : null}
        {value ? <ExampleList examples={value} /> : null}
      </ScrollBox>
    </Figure>
  );
}

type Wanted = Pick<AskOf<'report:examples'>, 'truth' | 'predicted' | 'output' | 'offset' | 'limit'>;

/** Asks for rows of the report of a node, as the document was when the run made it. */
export function useExamples({ tab, node }: Pick<Props, 'tab' | 'node'>, wanted: Wanted) {
  const present = useDocument(tab.editor);
  const { run, document: then } = useRun(tab.id);
  const id = then && findNode(then, node);
  const document = then && id !== undefined ? then : present;
  const place = id ?? findNode(present, node);
  const ask = place === undefined ? undefined : { id: tab.id, document, node: place, ...wanted };
  return useAnswer('report:examples', useKept(ask, JSON.stringify([tab.id, place, run.run, run.state, wanted])));
}

function ExampleList({ examples: { rows, images } }: { readonly examples: Examples }) {
  return (
    <ul className={images.length > 0 ? 'mistake-tiles' : 'mistake-rows'}>
      {rows.map((example) => (
        <li key={example.row} className={images.length > 0 ? 'mistake-tile' : 'mistake-row'}>
          <ExampleEntry example={example} images={images} />
        </li>
      ))}
    </ul>
  );
}

function ExampleEntry({ example, images }: { readonly example: Example; readonly images: Examples['images'] }) {
  const language = useLanguage();
  const { row, truth, predicted, probability, image, features } = example;
  const words = `#${row + 1} · ${truth} → ${predicted}${probability === undefined ? '' : ` · ${shareText(probability, language)}`}`;
  if (image === undefined) return <FeatureList head={words} features={features ?? {}} />;
  return (
    <span title={words}>
      <PngImage base64={images[image]} label={words} />
      <span className="mistake-label mono">
        {probability === undefined ? `#${row + 1}` : shareText(probability, language)}
      </span>
    </span>
  );
}

interface ButtonProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function PageButton({ label, isOff, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className="icon-button figure-menu"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
