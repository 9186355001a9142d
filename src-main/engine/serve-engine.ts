import type { EngineParts } from './engine-parts';
import { EngineService } from './engine-service';
import { type EngineSettings, engineSettingsSchema, type FromEngine, parseToEngine } from './messages';

/** Makes this process an engine of the host that started it: answers its requests, and leaves when it does. */
export function serveEngine(open: (settings: EngineSettings) => Promise<EngineParts>): void {
  const settings = engineSettingsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
  process.title = `modelyard-engine-${settings.role}`;
  const send = (message: FromEngine) => {
    if (process.connected) process.send?.(message, undefined, {}, () => undefined);
  };
  let parts: Promise<EngineParts> | undefined;
  const openOnce = () => {
    parts ??= open(settings);
    return parts;
  };
  const service = new EngineService(settings.role, openOnce, send);
  process.on('message', (raw) => {
    const message = parseToEngine(raw);
    if (message) service.receive(message);
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl+C reaches the whole group; whether a run stops is for the host to say.
  process.on('SIGINT', () => undefined);
  setInterval(() => send({ type: 'heartbeat' }), 1_000);
  send({ type: 'ready', pid: process.pid });
}
