import { formatCount } from '../../../src-shared/number-text';
import type { Histogram } from '../../../src-shared/preview';
import { useTranslate } from '../../i18n/i18n';
import { cellText } from './column-widths';

const width = 44;
const height = 24;

/** How values are spread, in a few bars; what they say in words is its name. */
export function MiniHistogram({ histogram }: { readonly histogram: Histogram }) {
  const t = useTranslate();
  const counts = countsOf(histogram);
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const label = `${t('panels.histogram')}: ${describe(histogram)}`;
  return (
    <svg className="mini-histogram" width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      {counts.map((count, i) => {
        const size = count === 0 ? 0 : Math.max(1, (count / most) * height);
        return (
          // Bars have no other identity than their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <rect key={i} x={i * step} y={height - size} width={Math.max(1, step - 1)} height={size} />
        );
      })}
    </svg>
  );
}

function countsOf(histogram: Histogram): readonly number[] {
  if (histogram.kind === 'ranges') return histogram.counts;
  const counts = histogram.values.map(({ count }) => count);
  return histogram.others > 0 ? [...counts, histogram.others] : counts;
}

function describe(histogram: Histogram): string {
  if (histogram.kind === 'ranges') return `${cellText(histogram.min)} – ${cellText(histogram.max)}`;
  const shown = histogram.values.slice(0, 5).map(({ value, count }) => `${value} ${formatCount(count)}`);
  return histogram.values.length > 5 || histogram.others > 0 ? `${shown.join(', ')} …` : shown.join(', ');
}
