import { bool, choice, folder, int, secret, text } from '../../types/params';

/** Settings of every deployment target: the node's form, the command line's `--config` and the targets read them. */
export const targetForms = {
  folder: {
    label: { en: 'Folder or zip', zh: '文件夹或 zip' },
    params: {
      to: folder({
        label: { en: 'Folder', zh: '文件夹' },
        help: { en: 'Where the copy is put.', zh: '副本存放的位置。' },
        default: 'deployed',
      }),
      format: choice({
        label: { en: 'As', zh: '形式' },
        options: [
          { value: 'folder', label: { en: 'Folder', zh: '文件夹' } },
          { value: 'zip', label: { en: 'Zip file', zh: 'zip 文件' } },
        ],
        default: 'folder',
      }),
    },
  },
  s3: {
    label: { en: 'S3-compatible store', zh: 'S3 兼容存储' },
    params: {
      bucket: text({ label: { en: 'Bucket', zh: '存储桶' }, default: '', maxLength: 63 }),
      prefix: text({
        label: { en: 'Prefix', zh: '前缀' },
        help: { en: 'In front of every key.', zh: '加在每个键之前。' },
        default: 'models',
        maxLength: 500,
      }),
      endpoint: text({
        label: { en: 'Endpoint', zh: '服务地址' },
        help: {
          en: 'URL of the store; empty: Amazon S3 in the region.',
          zh: '存储的 URL；留空表示该区域的 Amazon S3。',
        },
        default: '',
      }),
      region: text({ label: { en: 'Region', zh: '区域' }, default: 'us-east-1' }),
      forcePathStyle: bool({
        label: { en: 'Bucket in the path', zh: '在路径中写存储桶' },
        help: {
          en: 'For stores that do not give every bucket a host name of its own.',
          zh: '用于不为每个存储桶提供独立主机名的存储。',
        },
        default: false,
      }),
      accessKeyId: secret({
        label: { en: 'Variable of the access key’s id', zh: '访问密钥 ID 的环境变量名' },
        default: 'AWS_ACCESS_KEY_ID',
      }),
      secretAccessKey: secret({
        label: { en: 'Variable of the secret access key', zh: '私有访问密钥的环境变量名' },
        default: 'AWS_SECRET_ACCESS_KEY',
      }),
      sessionToken: secret({
        label: { en: 'Variable of the session token', zh: '会话令牌的环境变量名' },
        help: { en: 'Used where it is set.', zh: '设置了才会使用。' },
        default: 'AWS_SESSION_TOKEN',
      }),
    },
  },
  lepton: {
    label: { en: 'NVIDIA DGX Cloud Lepton', zh: 'NVIDIA DGX Cloud Lepton' },
    params: {
      endpoint: text({
        label: { en: 'Endpoint', zh: '端点名称' },
        help: { en: 'Empty: the model’s name.', zh: '留空则使用模型名称。' },
        default: '',
        maxLength: 36,
      }),
      resourceShape: text({ label: { en: 'Resource shape', zh: '资源规格' }, default: 'cpu.small' }),
      nodeGroup: text({
        label: { en: 'Node group', zh: '节点组' },
        help: { en: 'Id of a dedicated node group; empty: any.', zh: '专用节点组的 ID；留空表示任意。' },
        default: '',
      }),
      image: text({
        label: { en: 'Container image', zh: '容器镜像' },
        help: { en: 'Any image with Node 20 or later.', zh: '任意包含 Node 20 或更高版本的镜像。' },
        default: 'node:20-slim',
      }),
      idleSeconds: int({
        label: { en: 'Stop when idle for', zh: '空闲多久后停止' },
        help: { en: '0: never.', zh: '0 表示从不停止。' },
        unit: { en: 's', zh: '秒' },
        default: 3600,
        min: 0,
      }),
      maxReplicas: int({ label: { en: 'Replicas at most', zh: '最大副本数' }, default: 1, min: 1, max: 100 }),
      storage: text({
        label: { en: 'Storage', zh: '存储' },
        help: { en: 'The workspace’s file system that the bundle is put on.', zh: '存放导出包的工作区文件系统。' },
        default: 'default',
      }),
      mountFrom: text({
        label: { en: 'Mounted from', zh: '挂载来源' },
        help: {
          en: 'The volume that the endpoint finds this storage under: “node-<type>:<name>”.',
          zh: '端点访问该存储所用的卷：“node-<类型>:<名称>”。',
        },
        default: 'node-nfs:default',
      }),
      readyMinutes: int({
        label: { en: 'Wait for the endpoint', zh: '等待端点就绪' },
        unit: { en: 'min', zh: '分钟' },
        default: 30,
        min: 1,
        max: 1440,
      }),
      url: text({
        label: { en: 'Workspace URL', zh: '工作区 URL' },
        help: {
          en: 'Empty: LEPTON_WORKSPACE_URL, else NVIDIA’s gateway.',
          zh: '留空则使用 LEPTON_WORKSPACE_URL，否则使用 NVIDIA 网关。',
        },
        default: '',
      }),
      workspaceToken: secret({
        label: { en: 'Variable of the workspace’s token', zh: '工作区令牌的环境变量名' },
        default: 'LEPTON_WORKSPACE_TOKEN',
      }),
      endpointToken: secret({
        label: { en: 'Variable of the endpoint’s token', zh: '端点令牌的环境变量名' },
        help: {
          en: 'The token that requests to the model have to carry. Where the variable is not set, one is made.',
          zh: '对模型的请求必须携带的令牌。未设置该变量时会自动生成。',
        },
        default: 'MODELYARD_ENDPOINT_TOKEN',
      }),
    },
  },
} as const;

/**
 * Names of variables as shells and people write them: capitals, so that a token given by mistake is not taken for a
 * name and repeated in a sentence.
 */
export function isVariableName(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(value);
}
