import { z } from 'zod';
import { problem } from '../../src-shared/problem';
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
    else refuse(raw, send);
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl+C reaches the whole group; whether a run stops is for the host to say.
  process.on('SIGINT', () => undefined);
  setInterval(() => send({ type: 'heartbeat' }), 1_000);
  send({ type: 'ready', pid: process.pid });
}

/** A request that is none still has somebody who waits for its answer. */
function refuse(raw: unknown, send: (message: FromEngine) => void): void {
  const asked = z.looseObject({ id: z.int(), type: z.string() }).safeParse(raw).data;
  if (!asked || asked.type === 'cancel') return;
  const message = `the request "${asked.type}" has a form that this engine does not know`;
  send({ type: 'refused', id: asked.id, problem: problem('engine-failed', { message }) });
}
