import type { Device, NetworkTalk } from '../src-shared/window-data';

/** What a host must offer: the desktop window, the command line and the web server each give one. */
export interface Host {
  /** The bundled engine, `out/engine.mjs`. */
  readonly engineFile: string;
  /** Folder of the content-addressed store. */
  readonly store: string;
  readonly storeLimit: number;
  /** Where runs compute; where it is `auto` or left out, `MODELYARD_DEVICE` decides. */
  readonly device?: Device;
  /** For what engines print that is no event: warnings of native libraries. */
  readonly onEngineOutput: (text: string) => void;
  /** Told whenever the conversations of an engine process beyond this machine change; empty when they are over. */
  readonly onTalks?: (engine: number, talks: readonly NetworkTalk[]) => void;
}
