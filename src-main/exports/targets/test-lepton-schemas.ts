import { z } from 'zod';

/** Bodies as the workspace's interface takes them; any other field is refused. */
const text = z.string().min(1);

const container = z.strictObject({
  image: text.optional(),
  command: z.array(text).optional(),
  ports: z
    .array(
      z.strictObject({
        container_port: z.int().min(1).max(65535),
        protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
      }),
    )
    .optional(),
});

const resources = z
  .strictObject({
    resource_shape: z
      .string()
      .regex(/^[a-z0-9.-]+$/)
      .optional(),
    min_replicas: z.int().min(0).optional(),
    max_replicas: z.int().min(0).optional(),
    affinity: z.strictObject({ allowed_dedicated_node_groups: z.array(text).min(1) }).optional(),
  })
  .refine(({ min_replicas: min, max_replicas: max }) => max === undefined || (min !== undefined && min <= max));

const reserved = ['LEPTON_WORKSPACE_ID', 'LEPTON_DEPLOYMENT_NAME', 'LEPTON_WORKSPACE_ORIGIN_URL'];

const spec = z.strictObject({
  container: container.optional(),
  resource_requirement: resources.optional(),
  auto_scaler: z
    .strictObject({ scale_down: z.strictObject({ no_traffic_timeout: z.int().min(0) }).optional() })
    .optional(),
  envs: z
    .array(z.strictObject({ name: text.refine((name) => !reserved.includes(name)), value: z.string() }))
    .optional(),
  mounts: z
    .array(
      z.strictObject({
        path: z.string().startsWith('/'),
        from: z.string().regex(/^node-(local|[a-z]+:.+)$/),
        mount_path: z.string().startsWith('/'),
        mount_options: z.strictObject({ read_only: z.boolean() }).optional(),
      }),
    )
    .optional(),
  api_tokens: z
    .array(z.strictObject({ value: z.string().min(16) }))
    .min(1)
    .optional(),
});

const metadata = z.strictObject({
  id: z.string().regex(/^[a-z]([a-z0-9-]{0,34}[a-z0-9])?$/),
  name: text,
  visibility: z.enum(['public', 'private']),
});

/** A new endpoint is never open to everyone: the fields of its token are required. */
export const createSchema = z.strictObject({
  metadata,
  spec: spec.required({ container: true, resource_requirement: true, api_tokens: true, envs: true, mounts: true }),
});
export const patchSchema = z.strictObject({ metadata: metadata.optional(), spec });
export const newSecretsSchema = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9_-]+$/),
      value: text,
      tags: z.array(text).optional(),
      visibility: z.enum(['public', 'private']).optional(),
    }),
  )
  .min(1);

export type EndpointSpec = z.infer<typeof spec>;
