import { type Problem, problem } from '../../problem';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const pattern =
  /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{M}\p{N}_]*)|"(?<quoted>(?:[^"]|"")+)"|'(?<text>(?:[^']|'')*)'|(?<sign><>|<=|>=|!=|==|[-+*/<>=(),])/uy;

/** The words and signs of an expression, or the place of a character that belongs to none. */
export function tokenize(source: string): Token[] | Problem {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) return problem('expression-unreadable', { found: source.slice(at, at + 12), place: at + 1 });
    const token = tokenOf(match.groups ?? {}, at);
    if (token) tokens.push(token);
    at += match[0].length;
  }
  return [...tokens, { kind: 'end', text: '', at: source.length }];
}

function tokenOf({ number, name, quoted, text, sign }: Record<string, string | undefined>, at: number) {
  if (number !== undefined) return { kind: 'number', text: number, at } as const;
  if (name !== undefined) return { kind: 'name', text: name, at } as const;
  if (quoted !== undefined) return { kind: 'quoted', text: quoted.replaceAll('""', '"'), at } as const;
  if (text !== undefined) return { kind: 'text', text: text.replaceAll("''", "'"), at } as const;
  if (sign !== undefined) return { kind: 'sign', text: sign, at } as const;
  return undefined;
}
