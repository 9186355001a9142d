import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import type { Language } from '../../src-shared/text';
import type { ParamDeclaration, ParamDeclarations, VariantParam } from '../../src-shared/types/params';
import type { InputPort } from '../../src-shared/types/ports';
import type { Say } from './messages';
import { alignTable } from './table-text';

/** A node in full: what it does, its ports, and its params as `--set` and a `.yard` file write them. */
export function nodeLines(node: NodeDefinition, say: Say, language: Language): string[] {
  return [
    `${node.kind}  ${node.title[language]}`,
    ...(node.docs ? [`  ${node.docs[language]}`] : []),
    ...section(say('inputs'), inputRows(node, say)),
    ...section(
      say('outputs'),
      Object.entries(node.outputs).map(([name, { type }]) => [
        name,
        typeof type === 'string' ? type : say('sameAs', { port: type.as }),
      ]),
    ),
    ...section(say('params'), paramRows(node.params, language)),
  ];
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...alignTable(rows)];
}

function inputRows({ inputs }: NodeDefinition, say: Say): string[][] {
  return Object.entries(inputs).map(([name, port]) => [name, [port.type].flat().join(', '), portNote(port, say)]);
}

function portNote({ optional, many }: InputPort, say: Say): string {
  return [...(optional ? [say('optional')] : []), ...(many ? [say('many')] : [])].join(', ');
}

/** Lists of values longer than this stand on a line of their own. */
const longest = 32;

/** Name, default, what it may be, and what it means; the params of a form stand indented below their form. */
function paramRows(params: ParamDeclarations, language: Language, indent = ''): string[][] {
  return Object.entries(params).flatMap(([name, declared]) => {
    const [values, start] = [allowed(declared), [`${indent}${name}`, defaultText(declared)]];
    const words = [declared.label[language], ...(declared.help ? [declared.help[language]] : [])];
    const meaning = words.join(language === 'zh' ? '。' : '. ');
    const rows =
      values.length > longest
        ? [
            [...start, '', meaning],
            ['', '', '', values],
          ]
        : [[...start, values, meaning]];
    return declared.type === 'variant' ? [...rows, ...variantRows(declared, language, indent)] : rows;
  });
}

function variantRows({ variants }: VariantParam, language: Language, indent: string): string[][] {
  return Object.entries(variants).flatMap(([type, { label, params }]) => {
    const inner = paramRows(params, language, `${indent}    `);
    return inner.length === 0 ? [] : [[`${indent}  ${type}`, '', '', label[language]], ...inner];
  });
}

function defaultText(declared: ParamDeclaration): string {
  return typeof declared.default === 'string' ? declared.default || '""' : JSON.stringify(declared.default);
}

function allowed(declared: ParamDeclaration): string {
  switch (declared.type) {
    case 'choice':
      return declared.options.map(({ value }) => value).join(' | ');
    case 'variant':
      return Object.keys(declared.variants).join(' | ');
    case 'map':
      return `{ … : ${declared.options.join(' | ')} }`;
    case 'bool':
      return 'true | false';
    case 'int':
    case 'float':
    case 'pair':
      return limits(declared);
    default:
      return declared.type;
  }
}

function limits({ type, min, max, ...rest }: Extract<ParamDeclaration, { type: 'int' | 'float' | 'pair' }>): string {
  const isOpen = 'exclusive' in rest && rest.exclusive === true;
  if (min === undefined && max === undefined) return type;
  if (max === undefined) return `${type} ${isOpen ? '>' : '≥'} ${min}`;
  return min === undefined ? `${type} ${isOpen ? '<' : '≤'} ${max}` : `${type} ${min} … ${max}`;
}
