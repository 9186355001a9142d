import { problem } from '../../src-shared/problem';
import type { FloatParam, IntParam, PairParam } from '../../src-shared/types/params';
import { useTranslate } from '../i18n/i18n';
import type { ControlProps } from './field-context';
import { NumberInput } from './number-input';

export function NumberControl(props: ControlProps<IntParam | FloatParam>) {
  const { declaration, value, commit, refuse, context } = props;
  const isInt = declaration.type === 'int';
  return (
    <NumberInput
      id={props.id}
      value={value}
      isInt={isInt}
      min={declaration.min}
      max={declaration.max}
      exclusive={'exclusive' in declaration ? declaration.exclusive : false}
      onCommit={commit}
      onWrong={(text) => refuse(noNumber(props.name, text, isInt))}
      isDisabled={context.disabled !== undefined}
      isInvalid={props.isInvalid}
      describedBy={props.describedBy}
    />
  );
}

function noNumber(param: string, text: string, isInt: boolean) {
  return problem('param-wrong-type', { param, value: text || '—', expected: isInt ? 'whole number' : 'number' });
}

/** Two whole numbers beside each other: rows, then columns. */
export function PairControl(props: ControlProps<PairParam>) {
  const t = useTranslate();
  const { declaration, value, commit, refuse, context } = props;
  const pair: readonly unknown[] = Array.isArray(value) ? value : declaration.default;
  const put = (at: 0 | 1, number: number) => commit(pair.map((old, i) => (i === at ? number : Number(old))));
  const input = (at: 0 | 1, label: string, id?: string) => (
    <NumberInput
      {...(id ? { id } : {})}
      label={label}
      value={pair[at]}
      isInt
      min={declaration.min}
      max={declaration.max}
      onCommit={(number) => put(at, number)}
      onWrong={(text) => refuse(noNumber(props.name, text, true))}
      isDisabled={context.disabled !== undefined}
      isInvalid={props.isInvalid}
      describedBy={props.describedBy}
    />
  );
  return (
    <span className="field-pair">
      {input(0, t('fields.rows'), props.id)}
      <span aria-hidden="true">×</span>
      {input(1, t('fields.columnsOfPair'))}
    </span>
  );
}
