import { useEffect, useRef } from 'react';
import type { Mistake, SingleReport } from '../../../src-shared/runs/values';
import { shareText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { ScrollBox } from '../scroll-box';
import { FeatureList } from './feature-list';
import { Figure } from './figure';
import { type Pixels, readPixels } from './raw-image';

interface Props {
  readonly node: string;
  readonly report: SingleReport;
}

/** The rows that were wrong and most certain, or farthest from the truth. */
export function MistakesFigure({ node, report }: Props) {
  const t = useTranslate();
  const { mistakes } = report;
  if (mistakes.length === 0) return null;
  const hasImages = mistakes.some(({ image }) => image && readPixels(image));
  const rows = () => [
    ['row', 'truth', 'predicted', 'probability'],
    ...mistakes.map(({ row, truth, predicted, probability }) => [row + 1, truth, predicted, probability]),
  ];
  return (
    <Figure title={t('panels.mistakes')} saving={{ name: `${node}-mistakes`, rows }}>
      <ScrollBox className="mistakes" aria-label={t('panels.mistakes')}>
        <ul className={hasImages ? 'mistake-tiles' : 'mistake-rows'}>
          {mistakes.map((mistake) => (
            <li key={mistake.row} className={hasImages ? 'mistake-tile' : 'mistake-row'}>
              <MistakeEntry mistake={mistake} isCertain={report.kind === 'classification'} />
            </li>
          ))}
        </ul>
      </ScrollBox>
    </Figure>
  );
}

function MistakeEntry({ mistake, isCertain }: { readonly mistake: Mistake; readonly isCertain: boolean }) {
  const language = useLanguage();
  const { row, truth, predicted, probability, image, features } = mistake;
  const sure = isCertain ? ` · ${shareText(probability, language)}` : '';
  const words = `#${row + 1} · ${truth} → ${predicted}${sure}`;
  const pixels = image && readPixels(image);
  if (!pixels) return <FeatureList head={words} features={features ?? {}} />;
  return (
    <span title={words}>
      <PixelImage pixels={pixels} label={words} />
      <span className="mistake-label mono">
        {truth} <span className="muted">→</span> <strong>{predicted}</strong>
      </span>
    </span>
  );
}

function PixelImage({ pixels, label }: { readonly pixels: Pixels; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, rgba } = pixels;
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  return <canvas ref={canvas} className="pixels" width={width} height={height} role="img" aria-label={label} />;
}
