import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { targetForms } from '../../../src-shared/nodes/deploy/target-params';
import { fail, ProblemError } from '../../../src-shared/problem';
import type { ParamsOf } from '../../../src-shared/types/params';
import type { StepContext } from './define-target';
import { asTransient, mayTryAgain, waitBefore } from './retry';

export type S3Config = ParamsOf<(typeof targetForms)['s3']['params']>;

/** An object as it has to be; the hash stands in its metadata. */
export interface S3Object {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Bucket {
  /** Asks whether the bucket is there and may be used. @throws ProblemError `deploy-bucket-missing` */
  check(): Promise<void>;
  /** Whether the object is there with this content. */
  has(object: S3Object): Promise<boolean>;
  put(object: S3Object, content: Uint8Array): Promise<void>;
}

/** Larger files go in parts, so that a broken connection costs one part. */
const partSize = 8 * 1024 * 1024;

/** The bucket with the deployment's patience and secrets. @throws ProblemError where the store refuses */
export async function openBucket(config: S3Config, context: StepContext): Promise<Bucket> {
  // The SDK's remarks on coming versions of Node are for its maintainers here, not for people.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // Loaded when it is needed: nobody who sends nothing waits for it.
  const { HeadBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client(clientConfig(config, context));
  const name = { Bucket: config.bucket };
  const host = config.endpoint === '' ? `s3.${config.region}.amazonaws.com` : new URL(config.endpoint).host;
  const ask = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const over = context.talk(host);
    try {
      return await work();
    } catch (error) {
      context.signal.throwIfAborted();
      return refuse(error, { host, what });
    } finally {
      over();
      client.destroy();
    }
  };
  return {
    check: () =>
      ask(`HEAD ${config.bucket}`, async () => {
        const head = new HeadBucketCommand(name);
        const found = await client.send(head, { abortSignal: context.signal }).catch(absent);
        if (!found) fail('deploy-bucket-missing', { bucket: config.bucket, host }, { param: 'bucket' });
      }),
    has: ({ key, bytes, sha256 }) =>
      ask(`HEAD ${key}`, async () => {
        const head = new HeadObjectCommand({ ...name, Key: key });
        const found = await client.send(head, { abortSignal: context.signal }).catch(absent);
        return found?.ContentLength === bytes && found.Metadata?.sha256 === sha256;
      }),
    put: ({ key, sha256 }, content) =>
      ask(`PUT ${key}`, async () => {
        const request = { ...name, Key: key, Body: content, Metadata: { sha256 }, ContentType: contentType(key) };
        if (content.length > partSize) await putInParts(client, request, context);
        else await client.send(new PutObjectCommand(request), { abortSignal: context.signal });
      }),
  };
}

async function putInParts(
  client: S3Client,
  params: { Bucket: string; Key: string; Body: Uint8Array; Metadata: Record<string, string> },
  { signal, onProgress }: StepContext,
): Promise<void> {
  const { Upload } = await import('@aws-sdk/lib-storage');
  const upload = new Upload({ client, params, partSize, queueSize: 2 });
  upload.on('httpUploadProgress', ({ loaded = 0 }) =>
    onProgress({ done: loaded, total: params.Body.length, unit: 'bytes', message: params.Key }),
  );
  const stop = () => void upload.abort().catch(() => undefined);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop);
  try {
    await upload.done();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function clientConfig(config: S3Config, context: StepContext): S3ClientConfig {
  const { secrets } = context;
  const sessionToken = secrets.get(config.sessionToken);
  return {
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    ...(config.endpoint === '' ? {} : { endpoint: config.endpoint }),
    // Only these: no credential files, no metadata services are asked.
    credentials: {
      accessKeyId: secrets.get(config.accessKeyId) ?? '',
      secretAccessKey: secrets.get(config.secretAccessKey) ?? '',
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    retryStrategy: patientRetries(context),
  };
}

type RetryStrategy = Extract<NonNullable<S3ClientConfig['retryStrategy']>, { acquireInitialRetryToken: unknown }>;

/** The deployment's own patience in the SDK's terms: five tries, `Retry-After`, a clock that tests hand in. */
function patientRetries(context: StepContext): RetryStrategy {
  const token = (count: number) => ({
    getRetryCount: () => count,
    getRetryDelay: () => 0,
    getRetryCost: () => undefined,
  });
  return {
    acquireInitialRetryToken: async () => token(0),
    refreshRetryTokenForRetry: async (last, { error, errorType, retryAfterHint }) => {
      const tried = last.getRetryCount() + 1;
      const mayPass = errorType !== 'CLIENT_ERROR' || asTransient(error) !== undefined;
      context.signal.throwIfAborted();
      if (!mayPass || !mayTryAgain(tried)) throw error ?? new Error('The store did not answer.');
      const retryAfter = retryAfterHint ? Math.max(0, retryAfterHint.getTime() - Date.now()) : 0;
      await context.wait(waitBefore(tried, context.random, retryAfter));
      return token(tried);
    },
    recordSuccess: () => undefined,
  };
}

/** What the SDK's errors carry beside their sentence. */
interface SdkFailure {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function isSdkFailure(error: unknown): error is SdkFailure {
  return error instanceof Error && '$metadata' in error;
}

function absent(error: unknown): undefined {
  if (isSdkFailure(error) && error.$metadata?.httpStatusCode === 404) return undefined;
  throw error;
}

function refuse(error: unknown, { host, what }: { readonly host: string; readonly what: string }): never {
  if (error instanceof ProblemError) throw error;
  if (asTransient(error)) return fail('deploy-unreachable', { host, message: messageOf(error) });
  const status = isSdkFailure(error) ? (error.$metadata?.httpStatusCode ?? 0) : 0;
  if (status === 0) return fail('deploy-failed', { message: messageOf(error) });
  const values = { host, status, message: messageOf(error) };
  return status === 401 || status === 403
    ? fail('deploy-unauthorized', values)
    : fail('deploy-refused', { ...values, what });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
};

function contentType(key: string): string {
  return contentTypes[key.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
