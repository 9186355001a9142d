import type { Text } from '../text';

/** A problem's sentence and, where there is one, the way out. `{name}` is filled from the problem's values. */
export interface ProblemText {
  readonly text: Text;
  readonly fix?: Text;
}
