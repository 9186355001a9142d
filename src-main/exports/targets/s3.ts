import { targetForms } from '../../../src-shared/nodes/deploy/target-params';
import { type Problem, problem } from '../../../src-shared/problem';
import { hashContent } from '../../files/content-hash';
import { jsonFile } from '../export-formats';
import { missingSecrets } from './check-config';
import { defineTarget, type Step } from './define-target';
import { openBucket, type S3Config, type S3Object } from './s3-bucket';
import { hostsOf } from './secret-uses';
import { readVerified, shortHash, type VerifiedBundle } from './verified-bundle';

/**
 * Any S3-compatible store. Files lie under the bundle's hash and are never changed; `latest.json`, written last, says
 * which bundle is the newest.
 */
export const s3 = defineTarget({
  name: 's3',
  title: targetForms.s3.label,
  summary: {
    en: 'Uploads the bundle under a key of its content, then points latest.json at it.',
    zh: '按内容命名的键上传导出包，最后更新 latest.json。',
  },
  params: targetForms.s3.params,
  leaves: true,
  variables: ({ accessKeyId, secretAccessKey, sessionToken }) => [accessKeyId, secretAccessKey, sessionToken],
  hosts: ({ config }) => (config.endpoint === '' ? [hostOf(config)] : hostsOf(config.endpoint)),
  validate: ({ config, env }) => [
    ...(config.bucket === '' ? [missing('bucket')] : []),
    ...(config.bucket !== '' && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(config.bucket)
      ? [invalid('bucket', config.bucket, { en: '3 to 63 small letters, digits, "-" and "."' })]
      : []),
    ...(config.endpoint !== '' && !isHttp(config.endpoint)
      ? [problem('deploy-url-invalid', { setting: 'endpoint' }, { param: 'endpoint' })]
      : []),
    ...missingSecrets([config.accessKeyId, config.secretAccessKey], env),
  ],
  test: async (_name, { config }, context) => (await openBucket(config, context)).check(),
  plan: (bundle, { config }) => [
    ...bundle.files.map((file) => uploadStep(bundle, config, file)),
    pointerStep(bundle, config),
  ],
  place: (bundle, { config }) => ({ location: `s3://${config.bucket}/${folderOf(bundle, config)}` }),
});

function folderOf(bundle: VerifiedBundle, config: S3Config): string {
  return `${keyPrefix(bundle, config)}${shortHash(bundle)}/`;
}

function keyPrefix({ name }: VerifiedBundle, { prefix }: S3Config): string {
  const clean = prefix.replace(/^\/+|\/+$/g, '');
  return clean === '' ? `${name}/` : `${clean}/${name}/`;
}

function uploadStep(bundle: VerifiedBundle, config: S3Config, file: VerifiedBundle['files'][number]): Step {
  const object: S3Object = { key: `${folderOf(bundle, config)}${file.path}`, bytes: file.bytes, sha256: file.sha256 };
  return putStep(config, object, {
    does: {
      en: `Upload ${file.path} to bucket ${config.bucket}`,
      zh: `将 ${file.path} 上传到存储桶 ${config.bucket}`,
    },
    content: (context) => readVerified(context.fs, bundle, file),
  });
}

/** What reads the store finds the newest bundle here. Small, and replaced in one piece. */
function pointerStep(bundle: VerifiedBundle, config: S3Config): Step {
  const content = jsonFile({
    format: 'modelyard-latest',
    version: 1,
    name: bundle.name,
    bundle: bundle.hash,
    folder: folderOf(bundle, config),
  });
  const sha256 = hashContent(content).slice('sha256:'.length);
  const object: S3Object = { key: `${keyPrefix(bundle, config)}latest.json`, bytes: content.length, sha256 };
  return putStep(config, object, {
    does: { en: 'Point latest.json at this bundle', zh: '让 latest.json 指向此导出包' },
    content: async () => content,
  });
}

function putStep(
  config: S3Config,
  object: S3Object,
  {
    does,
    content,
  }: Pick<Step, 'does'> & { readonly content: (context: Parameters<Step['run']>[0]) => Promise<Uint8Array> },
): Step {
  return {
    id: `put ${object.key} ${object.sha256.slice(0, 16)}`,
    does,
    transfer: { bytes: object.bytes, to: hostOf(config), leaves: true },
    isDone: async (context) => (await openBucket(config, context)).has(object),
    run: async (context) => (await openBucket(config, context)).put(object, await content(context)),
  };
}

/** The host that bytes go to, as the plan names it. */
function hostOf({ endpoint, region, bucket }: S3Config): string {
  return endpoint === '' ? `${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).host;
}

function isHttp(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username } = new URL(url);
  return username === '' && /^https?:$/.test(protocol);
}

function missing(setting: string): Problem {
  return problem('deploy-setting-missing', { setting }, { param: setting });
}

function invalid(setting: string, value: string, rule: { readonly en: string }): Problem {
  return problem('deploy-setting-invalid', { setting, value, rule: rule.en }, { param: setting });
}
