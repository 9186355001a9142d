import { useId, useState } from 'react';
import type { ParamValue } from '../../src-shared/document/document';
import { stableStringify } from '../../src-shared/hash';
import type { Problem } from '../../src-shared/problem';
import { defaultParams, type ParamDeclaration } from '../../src-shared/types/params';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { FieldContext } from './field-context';
import { Hint } from './hint';
import { limitsText } from './number-steps';
import { ParamControl } from './param-control';
import { ProblemLine } from './problem-line';
import { variantOf } from './variant-value';

/** Sets a param; the problem where the value is refused. */
export type OnParamChange = (param: string, value: ParamValue) => Problem | undefined;

interface Props {
  readonly name: string;
  readonly declaration: ParamDeclaration;
  readonly value: unknown;
  /** Of this param. */
  readonly problems: readonly Problem[];
  readonly onChange: OnParamChange;
  readonly context: FieldContext;
}

/** One param: label, control, what is wrong with it, and the way back to its default. */
export function ParamRow({ name, declaration, value, problems, onChange, context }: Props) {
  const id = useId();
  const language = useLanguage();
  const [refused, setRefused] = useState<{ readonly problem: Problem; readonly of: unknown }>();
  const refusal = refused && refused.of === value ? refused.problem : undefined;
  const commit = (next: ParamValue) => {
    const found = onChange(name, next);
    setRefused(found && { problem: found, of: value });
    return found === undefined;
  };
  const shown = (refusal ? [refusal] : problems).map((found) => named(found, declaration.label[language]));
  const isWide = declaration.type === 'map' || declaration.type === 'file' || declaration.type === 'folder';
  return (
    <div className={isWide ? 'param-row wide' : 'param-row'}>
      <ParamLabel id={id} declaration={declaration} value={value} context={context} onReset={commit} />
      <div className="param-control">
        <ParamControl
          id={id}
          name={name}
          declaration={declaration}
          value={value}
          commit={commit}
          refuse={(problem) => setRefused({ problem, of: value })}
          context={context}
          isInvalid={shown.some(({ severity }) => severity === 'error')}
          describedBy={`${id}-help`}
        />
        {declaration.unit ? <span className="muted small param-unit">{declaration.unit[language]}</span> : null}
      </div>
      <div className="visually-hidden" id={`${id}-help`}>
        {helpOf(declaration, language)}
      </div>
      {shown.length > 0 ? (
        <div className="param-problems" role="alert">
          {shown.map((problem) => (
            <ProblemLine key={problem.code} problem={problem} fix={context.fix?.(problem)} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** Beside its field a param is called as the field is, not as files call it. */
function named(problem: Problem, label: string): Problem {
  return problem.values?.param === undefined ? problem : { ...problem, values: { ...problem.values, param: label } };
}

interface LabelProps extends Pick<Props, 'declaration' | 'value' | 'context'> {
  readonly id: string;
  readonly onReset: (value: ParamValue) => void;
}

function ParamLabel({ id, declaration, value, context, onReset }: LabelProps) {
  const t = useTranslate();
  const language = useLanguage();
  const label = declaration.label[language];
  const isChanged = stableStringify(filled(value, declaration)) !== stableStringify(defaultOf(declaration));
  const hint = [helpOf(declaration, language), context.disabled].filter(Boolean).join(' ');
  return (
    <div className="param-label">
      <Hint text={hint}>
        <label htmlFor={id}>{label}</label>
      </Hint>
      {isChanged && context.disabled === undefined ? (
        <Hint text={t('fields.reset')}>
          <button
            type="button"
            className="param-reset"
            aria-label={t('fields.resetOf', { label })}
            onClick={() => onReset(defaultOf(declaration))}
          />
        </Hint>
      ) : null}
    </div>
  );
}

function helpOf(declaration: ParamDeclaration, language: 'en' | 'zh'): string {
  const help = declaration.help?.[language] ?? '';
  if (declaration.type !== 'int' && declaration.type !== 'float' && declaration.type !== 'pair') return help;
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const limits = limitsText({ isInt: true, ...declaration }, (limit) => limit.toLocaleString(locale));
  return [help, limits && `(${limits})`].filter(Boolean).join(' ');
}

/** A form that leaves something out has its defaults there. */
function filled(value: unknown, declaration: ParamDeclaration): unknown {
  if (declaration.type !== 'variant') return value;
  const { type, params, values } = variantOf(value, declaration);
  return { type, ...defaultParams(params), ...values };
}

function defaultOf(declaration: ParamDeclaration): ParamValue {
  if (declaration.type !== 'variant') return declaration.default;
  // Defaults of params are plain data.
  const params = defaultParams(declaration.variants[declaration.default]?.params ?? {}) as Record<string, ParamValue>;
  return { type: declaration.default, ...params };
}
