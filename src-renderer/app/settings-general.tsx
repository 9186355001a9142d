import { ToggleGroup } from 'radix-ui';
import { type ReactNode, useId, useState } from 'react';
import { formatBytes } from '../../src-shared/number-text';
import { choosePath } from '../fields/choose-path';
import { useTranslate } from '../i18n/i18n';
import { useSettings } from '../store/settings';
import { changeSettings } from './change-settings';
import { orTell } from './tell';

const gigabyte = 1e9;

/** Language, theme, what computes, and where results are kept. */
export function SettingsGeneral() {
  const t = useTranslate();
  const { language, theme, device } = useSettings(({ settings }) => settings);
  return (
    <>
      <Choice
        label={t('app.language')}
        value={language}
        options={[
          { value: 'system', label: t('app.languageSystem') },
          { value: 'en', label: t('app.languageEnglish') },
          { value: 'zh', label: t('app.languageChinese') },
        ]}
        onChoose={(chosen) => void changeSettings({ language: chosen })}
      />
      <Choice
        label={t('app.theme')}
        value={theme}
        options={[
          { value: 'system', label: t('app.themeSystem') },
          { value: 'light', label: t('app.themeLight') },
          { value: 'dark', label: t('app.themeDark') },
        ]}
        onChoose={(chosen) => void changeSettings({ theme: chosen })}
      />
      <Choice
        label={t('app.device')}
        value={device}
        options={[
          { value: 'auto', label: t('app.deviceAuto') },
          { value: 'cpu', label: t('app.deviceCpu') },
          { value: 'gpu', label: t('app.deviceGpu') },
        ]}
        onChoose={(chosen) => void changeSettings({ device: chosen })}
      />
      <StoreFolder />
      <StoreLimit />
    </>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChoose: (value: V) => void;
}

function Choice<V extends string>({ label, value, options, onChoose }: ChoiceProps<V>) {
  return (
    <Row label={label}>
      <ToggleGroup.Root
        type="single"
        className="segments"
        aria-label={label}
        value={value}
        onValueChange={(chosen) => {
          const option = options.find((each) => each.value === chosen);
          if (option) onChoose(option.value);
        }}
      >
        {options.map((option) => (
          <ToggleGroup.Item key={option.value} value={option.value} className="segment">
            {option.label}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </Row>
  );
}

function StoreFolder() {
  const t = useTranslate();
  const { storeFolder } = useSettings(({ settings }) => settings);
  const { folder, bytes } = useSettings(({ store }) => store);
  const browse = async () => {
    const path = await orTell(choosePath({ kind: 'folder', title: t('app.storeFolder'), folder }));
    if (path !== undefined) await changeSettings({ storeFolder: path });
  };
  return (
    <Row label={t('app.storeFolder')} help={t('app.storeHelp', { size: formatBytes(bytes) })}>
      <div className="settings-line">
        <span className="mono settings-path" title={storeFolder || folder}>
          <bdi>{storeFolder || folder}</bdi>
        </span>
        {storeFolder ? (
          <button type="button" className="button" onClick={() => void changeSettings({ storeFolder: '' })}>
            {t('app.storeUsual')}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void browse()}>
          {t('app.browse')}
        </button>
      </div>
    </Row>
  );
}

function StoreLimit() {
  const t = useTranslate();
  const id = useId();
  const limit = useSettings(({ settings }) => settings.storeLimit / gigabyte);
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    const value = Number(typed?.replace(',', '.'));
    if (typed !== undefined && Number.isFinite(value) && value >= 1 && value <= 10_000)
      void changeSettings({ storeLimit: Math.round(value * gigabyte) });
    setTyped(undefined);
  };
  return (
    <Row label={t('app.storeLimit')} field={id}>
      <div className="settings-line">
        <input
          id={id}
          className="input mono settings-number"
          inputMode="decimal"
          value={typed ?? String(Math.round(limit * 10) / 10)}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={commit}
          onKeyDown={({ key }) => key === 'Enter' && commit()}
        />
        <span className="muted">{t('app.gigabytes')}</span>
      </div>
    </Row>
  );
}

interface RowProps {
  readonly label: string;
  readonly help?: string;
  /** Id of the field that the label belongs to. */
  readonly field?: string;
  readonly children: ReactNode;
}

function Row({ label, help, field, children }: RowProps) {
  return (
    <div className="settings-row">
      {field === undefined ? (
        <span className="settings-label">{label}</span>
      ) : (
        <label className="settings-label" htmlFor={field}>
          {label}
        </label>
      )}
      <div className="settings-control">
        {children}
        {help === undefined ? null : <p className="muted small">{help}</p>}
      </div>
    </div>
  );
}
