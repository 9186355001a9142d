import { isProblem, type Problem, ProblemError, problem } from '../../problem';
import type { Expression } from './syntax';
import { type Token, tokenize } from './tokens';

/** Longest text that is read. Its depth is bounded too: who writes brackets in brackets must not fill the stack. */
const maxLength = 4000;
const maxDepth = 100;

/** Comparisons by their signs. */
const comparisons: Readonly<Record<string, string>> = {
  '=': 'equal',
  '==': 'equal',
  '<>': 'notEqual',
  '!=': 'notEqual',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
};

/**
 * Reads an expression: the part of SQL's notation that is arithmetic, comparison and choice.
 * @returns what was read, or `expression-empty`, `expression-too-long`, `expression-unreadable` with the place
 */
export function parseExpression(source: string): Expression | Problem {
  if (source.trim() === '') return problem('expression-empty');
  if (source.length > maxLength) return problem('expression-too-long', { limit: maxLength });
  const tokens = tokenize(source);
  if (isProblem(tokens)) return tokens;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

/** By recursive descent, each method one level of binding: or, and, not, comparison, sum, product, sign. */
class Parser {
  private next = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const found = this.either();
    return this.peek().kind === 'end' ? found : this.refuse();
  }

  private either(): Expression {
    if (++this.depth > maxDepth) throw new ProblemError(problem('expression-too-deep', { limit: maxDepth }));
    let left = this.both();
    for (let at = this.word('or'); at !== undefined; at = this.word('or')) left = call('or', [left, this.both()], at);
    this.depth--;
    return left;
  }

  private both(): Expression {
    let left = this.negation();
    for (let at = this.word('and'); at !== undefined; at = this.word('and')) {
      left = call('and', [left, this.negation()], at);
    }
    return left;
  }

  private negation(): Expression {
    let count = 0;
    const { at } = this.peek();
    while (this.word('not') !== undefined) count++;
    const inner = this.comparison();
    return count % 2 === 0 ? inner : call('not', [inner], at);
  }

  private comparison(): Expression {
    const left = this.sum();
    const { kind, text, at } = this.peek();
    const name = kind === 'sign' && Object.hasOwn(comparisons, text) ? comparisons[text] : undefined;
    if (name) {
      this.next++;
      return call(name, [left, this.sum()], at);
    }
    if (this.word('is') !== undefined) return this.missing(left, at);
    if (this.word('between') !== undefined) return this.between(left, at);
    if (this.word('in') !== undefined) return this.among(left, at);
    return left;
  }

  /** `is null`, `is not null`. */
  private missing(left: Expression, at: number): Expression {
    const isNot = this.word('not') !== undefined;
    if (this.word('null') === undefined) this.refuse();
    const missing = call('isMissing', [left], at);
    return isNot ? call('not', [missing], at) : missing;
  }

  private between(left: Expression, at: number): Expression {
    const low = this.sum();
    if (this.word('and') === undefined) this.refuse();
    return call('and', [call('greaterEqual', [left, low], at), call('lessEqual', [left, this.sum()], at)], at);
  }

  private among(left: Expression, at: number): Expression {
    this.expect('(');
    const choices = this.list().map((choice) => call('equal', [left, choice], at));
    return choices.reduce((all, choice) => call('or', [all, choice], at));
  }

  private sum(): Expression {
    let left = this.product();
    for (let sign = this.sign('+', '-'); sign; sign = this.sign('+', '-')) {
      left = call(sign.text === '+' ? 'add' : 'subtract', [left, this.product()], sign.at);
    }
    return left;
  }

  private product(): Expression {
    let left = this.signed();
    for (let sign = this.sign('*', '/'); sign; sign = this.sign('*', '/')) {
      left = call(sign.text === '*' ? 'multiply' : 'divide', [left, this.signed()], sign.at);
    }
    return left;
  }

  private signed(): Expression {
    let isNegative = false;
    const { at } = this.peek();
    for (let sign = this.sign('+', '-'); sign; sign = this.sign('+', '-'))
      isNegative = isNegative !== (sign.text === '-');
    const inner = this.operand();
    if (!isNegative) return inner;
    return inner.kind === 'number' ? { ...inner, value: -inner.value, at } : call('negate', [inner], at);
  }

  private operand(): Expression {
    const token = this.peek();
    const { kind, text, at } = token;
    this.next++;
    if (kind === 'number') return { kind, value: Number(text), at };
    if (kind === 'text') return { kind, value: text, at };
    if (kind === 'quoted') return { kind: 'column', name: text, at };
    if (kind === 'name') return this.named(token);
    if (kind !== 'sign' || text !== '(') {
      this.next--;
      return this.refuse();
    }
    const inner = this.either();
    this.expect(')');
    return inner;
  }

  private named({ text, at }: Token): Expression {
    const word = text.toLowerCase();
    if (this.sign('(')) return call(word, this.list(), at);
    if (word === 'true' || word === 'false') return call(word, [], at);
    return { kind: 'column', name: text, at };
  }

  /** What stands in brackets, the opening one being read. */
  private list(): Expression[] {
    const found = [this.either()];
    while (this.sign(',')) found.push(this.either());
    this.expect(')');
    return found;
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', text: '', at: 0 };
  }

  private sign(...wanted: readonly string[]): Token | undefined {
    const token = this.peek();
    if (token.kind !== 'sign' || !wanted.includes(token.text)) return undefined;
    this.next++;
    return token;
  }

  /** The place of a word of the notation, if it is next. */
  private word(wanted: string): number | undefined {
    const token = this.peek();
    if (token.kind !== 'name' || token.text.toLowerCase() !== wanted) return undefined;
    this.next++;
    return token.at;
  }

  private expect(text: string): void {
    if (!this.sign(text)) this.refuse();
  }

  private refuse(): never {
    const { kind, text, at } = this.peek();
    const code = kind === 'end' ? 'expression-ends-early' : 'expression-unreadable';
    throw new ProblemError(problem(code, { found: text, place: at + 1 }));
  }
}

function call(name: string, inputs: readonly Expression[], at: number): Expression {
  return { kind: 'call', name, inputs, at };
}
