import type { Text } from '../../src-shared/text';
import { app } from './messages/app';
import { canvas } from './messages/canvas';
import { commands } from './messages/commands';
import { deploy } from './messages/deploy';
import { edits } from './messages/edits';
import { fields } from './messages/fields';
import { inspector } from './messages/inspector';
import { library } from './messages/library';
import { panels } from './messages/panels';

/**
 * What the window says, by area. Both languages stand beside each other, so that none can be missing; blanks are
 * `{name}`; `…_one` and `…_other` are the forms of a plural with `{count}`.
 */
export const messages = { app, canvas, commands, deploy, edits, fields, inspector, library, panels } satisfies Record<
  string,
  Readonly<Record<string, Text>>
>;

type Messages = typeof messages;
type Singular<K extends string> = K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K;

/** `canvas.empty`, `panels.rows` … */
export type MessageKey = {
  [Area in keyof Messages & string]: `${Area}.${Singular<keyof Messages[Area] & string>}`;
}[keyof Messages & string];
