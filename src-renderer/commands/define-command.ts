import type { Translate } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';

/**
 * Something a person can do: one entry of `command-list.ts` gives its place in the palette, in menus and on the
 * keyboard. Buttons run it by id, so that everything has one way.
 */
export interface Command {
  /** `noun.verb`, e.g. `edge.remove`; keys that people chose are kept by it. */
  readonly id: string;
  readonly title: MessageKey;
  /** What it would do now, where that can be said more closely. */
  readonly titleNow?: (t: Translate) => string | undefined;
  /**
   * Keys by default: `Mod+Shift+Z`; `Mod` is Ctrl, on macOS Cmd. Letters are places on the keyboard (`KeyboardEvent.code`),
   * so that they are the same on every layout.
   */
  readonly keys?: readonly string[];
  /**
   * Where its keys count. `window`: everywhere, in fields too. `document`: wherever nobody types. `canvas`: only while
   * the canvas or the outline has the focus. None of them in dialogs and menus.
   */
  readonly scope: 'window' | 'document' | 'canvas';
  /** Its keys come as the system's own clipboard events, which need no permission: the keyboard leaves them alone. */
  readonly isClipboard?: true;
  /** Absent: always. A command that cannot be run is greyed, and its key does nothing. */
  readonly isEnabled?: () => boolean;
  readonly run: () => void | Promise<void>;
}
