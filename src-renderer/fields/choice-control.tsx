import { Switch } from 'radix-ui';
import { metricWord } from '../../src-shared/metric-words';
import type { BoolParam, ChoiceParam, TextParam } from '../../src-shared/types/params';
import { useLanguage } from '../i18n/i18n';
import type { ControlProps } from './field-context';
import { Select } from './select';
import { TextInput } from './text-input';

export function BoolControl({ id, value, commit, context, describedBy }: ControlProps<BoolParam>) {
  return (
    <Switch.Root
      id={id}
      className="field-switch"
      checked={value === true}
      disabled={context.disabled !== undefined}
      aria-describedby={describedBy}
      onCheckedChange={commit}
    >
      <Switch.Thumb className="field-switch-thumb" />
    </Switch.Root>
  );
}

export function ChoiceControl(props: ControlProps<ChoiceParam>) {
  const language = useLanguage();
  const { options } = props.declaration;
  const value = String(props.value);
  return (
    <Select
      id={props.id}
      title={options.find((option) => option.value === value)?.label[language]}
      value={value}
      disabled={props.context.disabled !== undefined}
      aria-invalid={props.isInvalid}
      aria-describedby={props.describedBy}
      onChange={({ target }) => props.commit(target.value)}
    >
      {options.some((option) => option.value === value) ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label[language]}
        </option>
      ))}
    </Select>
  );
}

export function TextControl(props: ControlProps<TextParam>) {
  const { options } = props.declaration;
  const known = options === undefined ? undefined : props.context.choices?.[options];
  return known ? <KnownTexts {...props} texts={known} /> : <FreeText {...props} />;
}

/** One of the names that are measured, in words. */
function KnownTexts({ texts, ...props }: ControlProps<TextParam> & { readonly texts: readonly string[] }) {
  const language = useLanguage();
  const options = texts.map((value) => {
    const word = metricWord(value, language);
    return { value, label: { en: word, zh: word } };
  });
  return <ChoiceControl {...props} declaration={{ ...props.declaration, type: 'choice', options }} />;
}

function FreeText(props: ControlProps<TextParam>) {
  return (
    <TextInput
      id={props.id}
      value={String(props.value)}
      onCommit={props.commit}
      isDisabled={props.context.disabled !== undefined}
      isInvalid={props.isInvalid}
      aria-describedby={props.describedBy}
    />
  );
}
