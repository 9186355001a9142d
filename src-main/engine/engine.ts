import { EngineService } from './engine-service';
import { engineSettingsSchema, type FromEngine, parseToEngine } from './messages';
import { openEngineParts } from './open-engine-parts';

/** Entry of one engine process, started by a host with a channel to it. It leaves when the host does. */
function main(): void {
  const settings = engineSettingsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
  process.title = `modelyard-engine-${settings.role}`;
  const send = (message: FromEngine) => {
    if (process.connected) process.send?.(message, undefined, {}, () => undefined);
  };
  let parts: ReturnType<typeof openEngineParts> | undefined;
  const service = new EngineService(
    settings.role,
    () => {
      parts ??= openEngineParts(settings);
      return parts;
    },
    send,
  );
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

main();
