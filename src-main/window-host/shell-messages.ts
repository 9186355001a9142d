import { z } from 'zod';
import type { HostArgument, ToHost } from '../../src-shared/shell-link';

const text = z.string().min(1);
const argumentSchema = z.strictObject({
  paths: z.strictObject({ data: text, store: text, resources: text, engineFile: text }),
  version: z.string(),
  systemLanguage: z.enum(['en', 'zh']),
  isVaultLasting: z.boolean(),
});

const client = z.string().min(1).max(200);
const toHostSchema = z.union([
  z.strictObject({ kind: z.enum(['client-opened', 'client-closed']), client }),
  // The name is the host's to know: one that it does not know is answered with a problem.
  z.strictObject({ kind: z.literal('ask'), id: z.int(), client, name: z.unknown(), ask: z.unknown() }),
  z.strictObject({ kind: z.literal('native-answer'), id: z.int(), error: z.string() }),
  z.strictObject({ kind: z.literal('native-answer'), id: z.int(), value: z.unknown() }),
  z.strictObject({ kind: z.literal('close') }),
]);

/** What the shell starts the host with. @throws ZodError where the shell is another version */
export function parseHostArgument(argument: string | undefined): HostArgument {
  return argumentSchema.parse(JSON.parse(argument ?? ''));
}

/** A message of the shell, or undefined where it is none. */
export function parseToHost(message: unknown): ToHost | undefined {
  // Names of requests are checked by `dispatch`, which takes any; the rest is what the schema says.
  return toHostSchema.safeParse(message).data as ToHost | undefined;
}
