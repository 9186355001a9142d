import { openEngineParts } from './open-engine-parts';
import { serveEngine } from './serve-engine';

/** Entry of one engine process, started by a host with a channel to it. */
serveEngine(openEngineParts);
