import { Slider } from 'radix-ui';
import { Select } from '../../fields/select';
import { useTranslate } from '../../i18n/i18n';
import { BarTools } from '../bar-tools';
import { useFigures } from './figure-settings';
import { type XAxis, xAxes } from './x-axis';

const axisWords = { step: 'panels.byStep', epoch: 'panels.byEpoch', time: 'panels.byTime' } as const;

/** Smoothing, what lies under the curves, and the scale of the loss. */
export function FigureTools({ hasAxis = true }: { readonly hasAxis?: boolean }) {
  const t = useTranslate();
  const { smoothing, isLog, axis } = useFigures();
  return (
    <BarTools>
      <span className="smoothing small" title={t('panels.smoothing')}>
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
      {hasAxis ? <AxisChoice axis={axis} /> : null}
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

function AxisChoice({ axis }: { readonly axis: XAxis }) {
  const t = useTranslate();
  return (
    <Select
      className="bottom-select"
      aria-label={t('panels.xAxis')}
      value={axis}
      onChange={({ target }) => chooseAxis(target.value)}
    >
      {xAxes.map((each) => (
        <option key={each} value={each}>
          {t(axisWords[each])}
        </option>
      ))}
    </Select>
  );
}

function chooseAxis(value: string): void {
  const axis = xAxes.find((each) => each === value);
  if (axis) useFigures.setState({ axis });
}
