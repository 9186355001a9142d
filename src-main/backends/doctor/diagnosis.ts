import type { Text } from '../../../src-shared/text';

/**
 * One fact about this machine. `missing` = something that Modelyard would use is not there; `warning` = it is there
 * but will not do well. `fix` is the one command or address that mends it.
 */
export interface Diagnosis {
  readonly name: Text;
  readonly state: 'ok' | 'missing' | 'warning';
  readonly detail: Text;
  readonly fix?: string;
}

/** A detail that reads the same in every language: a version, a path, a number. */
export function plain(text: string): Text {
  return { en: text, zh: text };
}
