import type { ParamDeclaration } from '../types/params';
import type { ParamValue } from './document';

/** A value as it is typed on the command line, read by the param's declaration; undefined where it cannot be one. */
export function parseSetting(text: string, declaration: ParamDeclaration): ParamValue | undefined {
  switch (declaration.type) {
    case 'int':
    case 'float':
      return parseNumber(text);
    case 'bool':
      return parseBool(text);
    case 'pair':
      return parsePair(text);
    case 'columns':
      return text.startsWith('[') ? parseJson(text) : splitList(text);
    case 'map':
      return parseJson(text);
    case 'variant':
      return text.startsWith('{') ? parseJson(text) : { type: text };
    default:
      return text;
  }
}

function parseNumber(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function parseBool(text: string): boolean | undefined {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  return /^(false|no|off|0)$/i.test(text) ? false : undefined;
}

/** `3,3`, `3x3`, `[3, 3]`, or `3` for both. */
function parsePair(text: string): ParamValue | undefined {
  const parts = text.replace(/^\[|\]$/g, '').split(/[,x×]/);
  const [first, second = first] = parts.map(parseNumber);
  return parts.length <= 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseJson(text: string): ParamValue | undefined {
  try {
    // JSON is plain data; the declaration's schema checks its shape afterwards.
    return JSON.parse(text) as ParamValue;
  } catch {
    return undefined;
  }
}
