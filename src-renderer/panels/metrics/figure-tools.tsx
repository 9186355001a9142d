import { Slider } from 'radix-ui';
import { useTranslate } from '../../i18n/i18n';
import { BarTools } from '../bar-tools';
import { useFigures } from './figure-settings';

/** Smoothing and the scale of the loss. */
export function FigureTools() {
  const t = useTranslate();
  const { smoothing, isLog } = useFigures();
  return (
    <BarTools>
      <span className="smoothing small">
        <span className="muted">{t('panels.smoothing')}</span>
        <Slider.Root
          className="slider"
          min={0}
          max={0.99}
          step={0.01}
          value={[smoothing]}
          onValueChange={([value = 0]) => useFigures.setState({ smoothing: value })}
        >
          <Slider.Track className="slider-track">
            <Slider.Range className="slider-range" />
          </Slider.Track>
          <Slider.Thumb className="slider-thumb" aria-label={t('panels.smoothing')} />
        </Slider.Root>
        <span className="smoothing-value mono">{smoothing.toFixed(2)}</span>
      </span>
      <button
        type="button"
        className="bottom-toggle small"
        aria-pressed={isLog}
        title={t('panels.logScaleHint')}
        onClick={() => useFigures.setState({ isLog: !isLog })}
      >
        {t('panels.logScale')}
      </button>
    </BarTools>
  );
}
