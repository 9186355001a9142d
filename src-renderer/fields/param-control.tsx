import type { ComponentType } from 'react';
import type { ParamValue } from '../../src-shared/document/document';
import type { ParamDeclaration, VariantParam } from '../../src-shared/types/params';
import { defaultParams } from '../../src-shared/types/params';
import { useLanguage } from '../i18n/i18n';
import { BoolControl, ChoiceControl, TextControl } from './choice-control';
import { ColumnControl, ColumnsControl } from './column-controls';
import type { ControlProps } from './field-context';
import { MapControl } from './map-control';
import { NumberControl, PairControl } from './number-control';
import { PathControl } from './path-control';
import { SecretControl } from './secret-control';
import { Select } from './select';
import { variantOf } from './variant-value';

type Controls = {
  readonly [T in ParamDeclaration['type']]: ComponentType<ControlProps<Extract<ParamDeclaration, { type: T }>>>;
};

const controls: Controls = {
  int: NumberControl,
  float: NumberControl,
  bool: BoolControl,
  text: TextControl,
  choice: ChoiceControl,
  pair: PairControl,
  file: PathControl,
  folder: PathControl,
  columns: ColumnsControl,
  column: ColumnControl,
  secret: SecretControl,
  variant: VariantControl,
  map: MapControl,
};

/** The control of a param's type. */
export function ParamControl(props: ControlProps) {
  // The table above gives each type the control of its own declaration.
  const Control = controls[props.declaration.type] as ComponentType<ControlProps>;
  return <Control {...props} />;
}

/** Which of the forms; a form that is chosen starts from its own defaults. */
function VariantControl(props: ControlProps<VariantParam>) {
  const language = useLanguage();
  const { declaration, commit } = props;
  const { type } = variantOf(props.value, declaration);
  const choose = (name: string) => {
    // Defaults of params are plain data.
    const defaults = defaultParams(declaration.variants[name]?.params ?? {}) as Record<string, ParamValue>;
    commit({ type: name, ...defaults });
  };
  return (
    <Select
      id={props.id}
      title={declaration.variants[type]?.label[language]}
      value={type}
      disabled={props.context.disabled !== undefined}
      aria-invalid={props.isInvalid}
      aria-describedby={props.describedBy}
      onChange={({ target }) => choose(target.value)}
    >
      {Object.entries(declaration.variants).map(([name, { label }]) => (
        <option key={name} value={name}>
          {label[language]}
        </option>
      ))}
    </Select>
  );
}
