import { z } from 'zod';
import { documentOutline as document } from './document/schema';
import type { AskOf, RequestName } from './ipc';
import { maxPreviewRows } from './preview';
import { devices } from './window-data';

/**
 * What every request may ask, checked by the host before a handler sees it. Sizes are capped here; depth, prototype
 * keys and anything that is no JSON are refused before (`plain-data.ts`). Of a document only the outline is checked:
 * what its nodes hold is the planner's to report.
 */
const id = z.string().min(1).max(200);
const name = z.string().max(1000);
const path = z
  .string()
  .min(1)
  .max(32_768)
  .refine((text) => !text.includes('\0'));
const text = z.string().max(1_000_000);

/** Characters of a file that a browser hands over, in base64. */
const largestImport = 96 * 2 ** 20;

const none = z.strictObject({});
const atPath = z.strictObject({ path });
const ofId = z.strictObject({ id });
const ofTicket = z.strictObject({ ticket: id });
const ofRun = z.strictObject({ run: id });
const documentAt = z.strictObject({ id, document });

const patch = z.strictObject({
  op: z.enum(['add', 'remove', 'replace']),
  path: z.array(z.union([name, z.int()])).max(64),
  value: z.unknown().optional(),
});

const settings = z.strictObject({
  language: z.enum(['system', 'en', 'zh']).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  storeFolder: z.union([path, z.literal('')]).optional(),
  storeLimit: z.number().positive().optional(),
  device: z.enum(devices).optional(),
  keys: z
    .record(id, z.string().max(100))
    .refine((keys) => Object.keys(keys).length <= 1000)
    .optional(),
});

const dialog = z.strictObject({
  title: name,
  folder: path.optional(),
  name: name.optional(),
  extensions: z.array(z.string().max(40)).max(40).optional(),
});

const split = z.enum(['train', 'validation', 'test']);
const page = { offset: z.int().min(0), limit: z.int().min(0).max(maxPreviewRows) };

/** Settings of a target and rows for an endpoint: free in shape, small in size. */
const config = z.record(z.string().max(200), z.unknown());
const deploy = z.strictObject({ target: id, config, bundle: path });

const secretName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,199}$/);

/** A key that the contract has and the schema lacks does not compile. */
type Schemas = { readonly [N in RequestName]: z.ZodObject<Record<keyof AskOf<N>, z.ZodType>> };

export const requestSchemas = {
  'app:info': none,
  'app:doctor': none,
  'settings:set': z.strictObject({ change: settings }),

  'document:create': none,
  'document:open': atPath,
  'document:openExample': z.strictObject({ name: id }),
  'document:reopen': z.strictObject({ id, path: path.optional() }),
  'document:attach': documentAt.extend({ path: path.optional(), name, base: path }),
  'document:edit': z.strictObject({ id, label: name, patches: z.array(patch).max(200_000) }),
  'document:save': documentAt.extend({ path: path.optional(), replace: z.boolean().optional() }),
  'document:takeOver': ofId,
  'document:close': z.strictObject({ id, keepEdits: z.boolean() }),
  'document:recent': none,
  'document:forget': atPath,
  'document:examples': none,
  'recovery:list': none,
  'recovery:open': ofId,
  'recovery:discard': ofId,

  'dialog:open': dialog,
  'dialog:save': dialog,
  'dialog:folder': dialog,
  'folder:list': z.strictObject({ path: path.optional() }),
  'file:use': z.strictObject({ id, path }),
  'file:import': z.strictObject({ id, name: name.min(1), base64: z.string().max(largestImport) }),
  'file:relative': z.strictObject({ id, path }),
  'file:reveal': atPath,

  'document:probe': documentAt.extend({ quick: z.boolean() }),
  'document:plan': documentAt.extend({ to: id.optional(), noCache: z.boolean().optional() }),
  'document:preview': documentAt.extend({
    ...page,
    node: id,
    port: id,
    sort: z.strictObject({ column: text, descending: z.boolean() }).optional(),
    split: split.optional(),
    statistics: z.boolean().optional(),
  }),
  'report:examples': documentAt.extend({
    output: z.string().optional(),
    ...page,
    node: id,
    truth: text.optional(),
    predicted: text.optional(),
  }),

  'run:start': documentAt.extend({
    to: id.optional(),
    noCache: z.boolean().optional(),
    partial: z.boolean().optional(),
  }),
  'run:cancel': ofTicket,
  'run:current': ofId,
  'run:history': ofId,
  'run:read': ofRun,
  'run:document': ofRun,

  'deploy:targets': none,
  'deploy:bundles': z.strictObject({ id, path: path.optional() }),
  'deploy:test': deploy,
  'deploy:plan': deploy,
  'deploy:start': deploy,
  'deploy:act': deploy.extend({ action: z.enum(['stop', 'delete']) }),
  'deploy:cancel': ofTicket,
  'deploy:list': none,
  'deploy:try': deploy.extend({ row: z.unknown() }),
  'deploy:samples': z.strictObject({ bundle: path }),

  'secret:list': z.strictObject({ names: z.array(secretName).max(100) }),
  'secret:set': z.strictObject({
    name: secretName,
    value: z.string().min(1).max(100_000),
    purpose: deploy.omit({ bundle: true }).optional(),
  }),
  'secret:allow': z.strictObject({
    uses: z.array(z.strictObject({ secret: secretName, target: id, host: z.string().min(1).max(1000) })).max(100),
  }),
  'secret:remove': z.strictObject({ name: secretName }),

  'window:title': z.strictObject({ title: name, isEdited: z.boolean() }),
  'window:new': none,
  'window:close': none,
  'window:openLink': z.strictObject({
    url: z
      .string()
      .max(2000)
      .regex(/^https:\/\//),
  }),
} satisfies Schemas;
