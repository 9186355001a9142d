import type { ParamValue } from '../../src-shared/document/document';
import { ownEntry } from '../../src-shared/document/own-entry';
import type { Problem } from '../../src-shared/problem';
import type { ParamDeclaration, ParamDeclarations } from '../../src-shared/types/params';
import { useLanguage } from '../i18n/i18n';
import type { FieldContext } from './field-context';
import { type OnParamChange, ParamRow } from './param-row';
import { variantOf } from './variant-value';
import { visibleSections } from './visible-params';
import './fields.css';

interface Props {
  readonly declarations: ParamDeclarations;
  /** A param without a value has its default. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Problems with `param`: shown beside the field they name (`optimizer.learningRate` inside the form). */
  readonly problems: readonly Problem[];
  readonly onChange: OnParamChange;
  readonly context: FieldContext;
  /** In front of the names of params in problems: `optimizer.` inside that form. */
  readonly path?: string;
}

/** A form made from declarations: sections, fields, errors beside them. */
export function ParamForm(props: Props) {
  const language = useLanguage();
  return (
    <div className="param-form">
      {visibleSections(props.declarations, props.values).map(({ title, params }) => (
        <section className="param-section" key={title?.en ?? ''} aria-label={title?.[language]}>
          {title ? <h3 className="section-title">{title[language]}</h3> : null}
          {params.map(([name, declaration]) => (
            <ParamField key={name} name={name} declaration={declaration} form={props} />
          ))}
        </section>
      ))}
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly declaration: ParamDeclaration;
  readonly form: Props;
}

function ParamField({ name, declaration, form }: FieldProps) {
  const { values, problems, onChange, context, path = '' } = form;
  const value = ownEntry(values, name) ?? declaration.default;
  const own = problems.filter(({ param }) => isOf(param, path + name, declaration));
  const row = (
    <ParamRow
      name={name}
      declaration={declaration}
      value={value}
      problems={own}
      onChange={onChange}
      context={context}
    />
  );
  if (declaration.type !== 'variant') return row;
  const { type, params, values: inner } = variantOf(value, declaration);
  if (Object.keys(params).length === 0) return row;
  const put = (param: string, next: ParamValue) => onChange(name, { type, ...inner, [param]: next });
  return (
    <>
      {row}
      <div className="param-nested">
        <ParamForm
          key={type}
          declarations={params}
          values={inner}
          problems={problems}
          path={`${path}${name}.`}
          onChange={put}
          context={context}
        />
      </div>
    </>
  );
}

/** What is wrong with one entry of a map or a pair is said at the map. */
function isOf(param: string | undefined, name: string, { type }: ParamDeclaration): boolean {
  return param === name || (type !== 'variant' && param?.startsWith(`${name}.`) === true);
}
