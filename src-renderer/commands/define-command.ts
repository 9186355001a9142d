import type { MessageKey } from '../i18n/messages';

/**
 * Something a person can do: one entry of `command-list.ts` gives its place in the palette, in menus and on the
 * keyboard. Buttons run it by id, so that everything has one way.
 */
export interface Command {
  /** `noun.verb`, e.g. `edge.remove`; keys that people chose are kept by it. */
  readonly id: string;
  readonly title: MessageKey;
  /**
   * Keys by default: `Mod+Shift+Z`; `Mod` is Ctrl, on macOS Cmd. Letters are places on the keyboard (`KeyboardEvent.code`),
   * so that they are the same on every layout.
   */
  readonly keys?: readonly string[];
  /** `canvas`: its keys count only while the canvas (or the outline) has the focus, never in a field. */
  readonly scope: 'window' | 'canvas';
  /** Absent: always. A command that cannot be run is greyed, and its key does nothing. */
  readonly isEnabled?: () => boolean;
  readonly run: () => void | Promise<void>;
}
