import { memo } from 'react';
import type { ClassificationReport } from '../../src-shared/runs/values';
import { useTranslate } from '../i18n/i18n';
import { rowShares } from '../panels/metrics/confusion-shares';
import { cellSize } from './node-body';

/** The confusion matrix in small: rows are true classes, columns predicted ones. */
export const ConfusionSketch = memo(function ConfusionSketch({ report }: { readonly report: ClassificationReport }) {
  const t = useTranslate();
  const size = cellSize(report.classes.length);
  const side = size * report.classes.length;
  const cells = rowShares(report.confusion).flatMap((row, truth) =>
    row.map((share, predicted) => ({ key: `${truth} ${predicted}`, truth, predicted, share })),
  );
  return (
    <svg
      className="node-confusion"
      width={side}
      height={side}
      role="img"
      aria-label={t('canvas.matrix', { rows: report.rows })}
    >
      {cells.map(({ key, truth, predicted, share }) => (
        <rect
          key={key}
          x={predicted * size}
          y={truth * size}
          width={size - 1}
          height={size - 1}
          rx={1.5}
          // A mistake in a hundred is to be seen.
          fillOpacity={share === 0 ? 0.07 : Math.min(1, 0.16 + share * 0.84)}
        />
      ))}
    </svg>
  );
});
