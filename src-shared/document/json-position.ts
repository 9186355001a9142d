/** Where a text stops being JSON, for messages: engines word their own errors differently and often leave it out. */

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const escaped = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
const cutWords = ['true', 'false', 'null'];

/** The offset of the first character that cannot stand there (the text's length where it just ends), or undefined. */
export function findJsonError(text: string): number | undefined {
  const reader = new Reader(text);
  /** Closing brackets that are still owed. */
  const open: string[] = [];
  let fine = reader.value(open);
  while (fine && open.length > 0) {
    const closing = open.at(-1) ?? '';
    if (reader.take(closing)) open.pop();
    else fine = reader.take(',') && (closing === ']' || reader.key()) && reader.value(open);
  }
  if (fine) reader.skip(space);
  return fine && reader.at === text.length ? undefined : reader.at;
}

class Reader {
  at = 0;
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  take(character: string): boolean {
    this.skip(space);
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  key(): boolean {
    this.skip(space);
    return this.string() && this.take(':');
  }

  /** One value, or the opening brackets down to the first value that is no bracket. */
  value(open: string[]): boolean {
    for (;;) {
      if (this.take('{')) {
        if (this.take('}')) return true;
        open.push('}');
        if (!this.key()) return false;
      } else if (this.take('[')) {
        if (this.take(']')) return true;
        open.push(']');
      } else return this.string() || this.skip(number) || this.skip(word) || this.cut();
    }
  }

  /** Leaves `at` at the character that spoils the string. */
  private string(): boolean {
    if (this.text[this.at] !== '"') return false;
    for (this.at++; this.at < this.text.length; ) {
      const character = this.text[this.at++] ?? '';
      if (character === '"') return true;
      if (character < ' ' || (character === '\\' && !this.skip(escaped))) {
        if (character === '\\') this.cutEscape();
        else this.at--;
        return false;
      }
    }
    return false;
  }

  private cutEscape(): void {
    if (/^(?:u[0-9a-fA-F]{0,3})?$/.test(this.text.slice(this.at, this.at + 5))) this.at = this.text.length;
  }

  /** A word or number that the text's end cut off is an early end, not a wrong character. Never a value. */
  private cut(): false {
    const rest = this.text.slice(this.at, this.at + 6);
    const ends = this.at + rest.length === this.text.length;
    if (ends && (rest === '-' || (rest !== '' && cutWords.some((whole) => whole.startsWith(rest))))) {
      this.at = this.text.length;
    }
    return false;
  }
}

/** Line and column (both from 1) of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** Whether brackets nest deeper than `limit`; looked at before parsing, since parsers keep memory for each level. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > limit) return true;
  }
  return false;
}
