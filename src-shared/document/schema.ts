import { z } from 'zod';
import { limits } from './read-json';

/**
 * The shape of a saved document. Unknown keys are kept everywhere and go back into the file unchanged, and so are
 * nodes of unknown kinds; what makes a document readable at all (kinds, names, params, places) is strict.
 */
const point = z.tuple([z.number(), z.number()]);
const data: z.ZodType = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(data), z.record(z.string(), data)]),
);
/** Ids stand in edge ids (`from.port>to.port`), so they hold neither `.` nor `>`. */
export const idSchema = z.string().regex(/^[^.>]{1,200}$/);

export const nodeSchema = z.looseObject({
  kind: z.string().min(1).max(200),
  version: z.int().min(1),
  name: z.string().min(1).max(200),
  params: z.record(z.string(), data),
  position: point,
  size: point.optional(),
  muted: z.boolean().optional(),
  bypassed: z.boolean().optional(),
  collapsed: z.boolean().optional(),
  colour: z.string().optional(),
});

export const edgeSchema = z.looseObject({ order: z.number().optional(), bends: z.array(point).optional() });
const nodes = z.record(idSchema, nodeSchema);
const edges = z.record(z.string(), edgeSchema);

export const noteSchema = z.looseObject({
  text: z.union([z.string(), z.looseObject({ en: z.string(), zh: z.string() })]),
  position: point,
  size: point,
});
const group = z.looseObject({ title: z.string(), nodes: z.array(idSchema) });
const flow = z.looseObject({ title: z.string(), nodes, edges });

/** Seeds are 32-bit: that is what the generators take. */
const settings = z.looseObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
});

export const defaultSeed = 42;

export const documentSchema = z.looseObject({
  format: z.literal('modelyard'),
  version: z.int().min(1),
  settings: settings.default({ seed: defaultSeed }),
  nodes,
  edges: edges.default({}),
  notes: z.record(z.string(), noteSchema).default({}),
  groups: z.record(z.string(), group).default({}),
  flows: z.record(z.string(), flow).default({}),
});

const parts = z.record(z.string().max(1000), z.looseObject({}));

/**
 * The outline of a document that was loaded before and travels between processes of this app. What its nodes hold is the
 * planner's to report; sizes are capped.
 */
export const documentOutline = z.looseObject({
  format: z.literal('modelyard'),
  version: z.int(),
  settings: z.looseObject({ seed: z.number() }),
  nodes: z
    .record(
      z.string().max(200),
      z.looseObject({
        kind: z.string().min(1).max(200),
        version: z.int(),
        name: z.string().min(1).max(200),
        params: z.record(z.string().max(200), z.unknown()),
        position: point,
      }),
    )
    .refine((all) => Object.keys(all).length <= limits.nodes),
  edges: parts,
  notes: parts,
  groups: parts,
  flows: parts,
});
