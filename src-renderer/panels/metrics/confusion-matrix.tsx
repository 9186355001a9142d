// biome-ignore-all lint/a11y/useSemanticElements: cells of a grid take the focus
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells take the focus, headers have none
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { ClassificationReport } from '../../../src-shared/runs/values';
import { countText, shareText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { type Size, useSize } from '../use-size';
import { rowShares, shownClasses } from './confusion-shares';
import { Figure } from './figure';
import { matrixSvg } from './figure-svg';
import type { Confusion } from './report-view';

interface Props {
  readonly node: string;
  readonly report: ClassificationReport;
  /** The cell whose rows are shown. */
  readonly cell: Confusion | undefined;
  readonly onPick: (cell: Confusion | undefined) => void;
}

/** More classes than this cannot be told apart on a screen. */
const mostClasses = 30;
/** From here on a cell has room for its number. */
const roomForCount = 24;

/** What was taken for what. Rows are the truth; a cell opens its rows. */
export function ConfusionMatrix({ node, report, cell, onPick }: Props) {
  const t = useTranslate();
  const { confusion, classes } = report;
  const { places, isPart } = shownClasses(confusion, mostClasses);
  const shares = rowShares(confusion);
  const at = (table: readonly (readonly number[])[]) => places.map((i) => places.map((j) => table[i]?.[j] ?? 0));
  const names = places.map((place) => classes[place] ?? '');
  const shown = { counts: at(confusion), shares: at(shares), names };
  const saving = {
    name: `${node}-confusion`,
    svg: () =>
      matrixSvg({
        title: t('panels.confusion'),
        truthLabel: t('panels.truth'),
        predictedLabel: t('panels.predicted'),
        classes: names,
        counts: shown.counts,
        shares: shown.shares,
      }),
    rows: () => [
      [`${t('panels.truth')} / ${t('panels.predicted')}`, ...classes],
      ...confusion.map((row, i) => [classes[i] ?? '', ...row]),
    ],
  };
  return (
    <Figure title={t('panels.confusion')} saving={saving}>
      <Cells {...shown} cell={cell} onPick={onPick}>
        {isPart ? t('panels.confusionPart', { shown: places.length, all: classes.length }) : t('panels.predicted')}
      </Cells>
    </Figure>
  );
}

interface CellsProps extends Pick<Props, 'cell' | 'onPick'> {
  readonly names: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
  /** What the columns are. */
  readonly children: ReactNode;
}

/** Of the two axes' labels and the names below the cells, in pixels. */
const axis = 20;

function Cells({ names, counts, shares, cell, onPick, children }: CellsProps) {
  const t = useTranslate();
  const [size, setBox] = useSize<HTMLDivElement>();
  const { place, onKeyDown, grid, setPlace } = useGridKeys(names.length);
  const { labelWidth, width, height } = cellSizes(names, size);
  return (
    <div ref={setBox} className="confusion-box">
      <div className="confusion">
        <span className="confusion-axis-truth small muted">{t('panels.truth')}</span>
        <div
          ref={grid}
          className="confusion-grid"
          role="grid"
          tabIndex={-1}
          aria-label={t('panels.confusion')}
          onKeyDown={onKeyDown}
          style={{ gridTemplateColumns: `${labelWidth}px repeat(${names.length}, ${width}px)` }}
        >
          {names.map((truth, i) => (
            <div key={truth} className="confusion-row" role="row" tabIndex={-1}>
              <span className="confusion-name mono" role="rowheader" title={truth} style={{ height }}>
                {truth}
              </span>
              {names.map((predicted, j) => (
                <MatrixCell
                  key={predicted}
                  truth={truth}
                  predicted={predicted}
                  count={counts[i]?.[j] ?? 0}
                  share={shares[i]?.[j] ?? 0}
                  size={{ width, height }}
                  isOpen={cell?.truth === truth && cell.predicted === predicted}
                  isStop={place === i * names.length + j}
                  onFocus={() => setPlace(i * names.length + j)}
                  onPick={onPick}
                />
              ))}
            </div>
          ))}
          <div className="confusion-row" role="row" tabIndex={-1}>
            <span />
            {names.map((name) => (
              <span key={name} className="confusion-foot mono" role="columnheader" title={name}>
                {name}
              </span>
            ))}
          </div>
        </div>
        <span className="confusion-axis-predicted small muted">{children}</span>
      </div>
    </div>
  );
}

/** As large as the figure has room for, within reason; wider than high where that lets the names stand whole. */
function cellSizes(names: readonly string[], room: Size) {
  const longest = Math.max(0, ...names.map((name) => name.length)) * 6.5;
  const labelWidth = Math.min(72, 10 + longest);
  const footWidth = Math.min(72, longest + 6);
  const fitted = (pixels: number, most: number) => Math.max(8, Math.floor(Math.min(pixels / names.length, most)));
  const across = room.width - axis - labelWidth;
  const height = fitted(room.height - 2 * axis - names.length, 40);
  const width = Math.max(Math.min(height, fitted(across, 40)), fitted(across, footWidth));
  return { labelWidth, width, height };
}

interface CellProps extends Confusion {
  readonly count: number;
  readonly share: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly isOpen: boolean;
  /** The Tab key stops here. */
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly onPick: Props['onPick'];
}

function MatrixCell({ truth, predicted, count, share, size, isOpen, isStop, onFocus, onPick }: CellProps) {
  const t = useTranslate();
  const language = useLanguage();
  const values = { truth, predicted, count: countText(count, language), share: shareText(share, language) };
  const label = t('panels.confusionCell', values);
  // The shade is a token of the cell, so that each theme sets how strong it may be.
  const style = { height: size.height, '--share': share } as CSSProperties;
  return (
    <button
      type="button"
      className="confusion-cell mono"
      role="gridcell"
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      aria-selected={isOpen}
      title={label}
      style={style}
      onFocus={onFocus}
      onClick={() => onPick(isOpen || count === 0 ? undefined : { truth, predicted })}
    >
      {Math.min(size.width, size.height + 6) >= roomForCount ? <span>{count}</span> : null}
    </button>
  );
}

/** One stop of the Tab key, arrow keys inside. */
function useGridKeys(size: number) {
  const grid = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(0);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -size, ArrowDown: size };
    const step = steps[event.key];
    const next = place + (step ?? 0);
    if (step === undefined || next < 0 || next >= size * size) return;
    event.preventDefault();
    event.stopPropagation();
    setPlace(next);
    grid.current?.querySelectorAll<HTMLElement>('.confusion-cell')[next]?.focus();
  };
  return { grid, place, setPlace, onKeyDown };
}
