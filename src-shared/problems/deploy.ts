import type { ProblemText } from './problem-text';

export const deployProblems: Readonly<Record<string, ProblemText>> = {
  'target-unknown': {
    text: { en: 'There is no deployment target called “{target}”.', zh: '没有名为“{target}”的部署目标。' },
    fix: { en: 'Choose one of: {known}.', zh: '请选择：{known}。' },
  },
  'deploy-unverified': {
    text: {
      en: 'The bundle in {path} is not the one that was verified: {file} is missing or has changed. Nothing was sent.',
      zh: '{path} 中的导出包与验证时不一致：{file} 缺失或已改变。没有发送任何内容。',
    },
    fix: { en: 'Export the model again.', zh: '请重新导出模型。' },
  },
  'deploy-setting-malformed': {
    text: { en: 'A setting of the target is not of the form name=value.', zh: '目标的某项设置不是“名称=值”的形式。' },
    fix: { en: 'Write for example --config bucket=models.', zh: '例如写成 --config bucket=models。' },
  },
  'deploy-setting-missing': {
    text: { en: 'The target needs the setting “{setting}”.', zh: '目标需要设置“{setting}”。' },
    fix: {
      en: 'Fill it in; on the command line with --config {setting}=….',
      zh: '请填写该项；在命令行中用 --config {setting}=… 指定。',
    },
  },
  'deploy-url-invalid': {
    text: {
      en: 'The setting “{setting}” must be a URL that starts with https:// (or http:// on this machine).',
      zh: '设置“{setting}”必须是以 https:// 开头的 URL（本机可用 http://）。',
    },
  },
  'deploy-setting-invalid': {
    text: {
      en: '“{value}” cannot be the setting “{setting}”: {rule}.',
      zh: '“{value}”不能作为设置“{setting}”：{rule}。',
    },
  },
  'deploy-secret-name': {
    text: {
      en: 'The setting “{setting}” holds the name of an environment variable, never the secret itself.',
      zh: '设置“{setting}”应为环境变量的名称，而不是密钥本身。',
    },
    fix: {
      en: 'Put the secret into an environment variable and give its name. A secret that stood on a command line should be replaced.',
      zh: '请把密钥放入环境变量并填写变量名。曾出现在命令行中的密钥应当更换。',
    },
  },
  'deploy-secret-missing': {
    text: {
      en: 'The environment variable {variable} is not set, and no secret of that name is kept.',
      zh: '环境变量 {variable} 没有设置，也没有保存同名密钥。',
    },
    fix: {
      en: 'Set it in the shell that starts Modelyard, or give it in “Export and deploy”, where the system’s keychain keeps it.',
      zh: '请在启动 Modelyard 的终端中设置它，或在“导出与部署”中填写，由系统钥匙串保存。',
    },
  },
  'secret-use-new': {
    text: {
      en: 'The secret {secrets} would be sent to {host}, and nobody has agreed to that yet. Nothing was sent.',
      zh: '密钥 {secrets} 将被发送到 {host}，但尚未有人同意。没有发送任何内容。',
    },
    fix: {
      en: 'Agree only if you know {host}: the window asks when you run it again; on the command line add {flags}.',
      zh: '仅在您了解 {host} 时才同意：再次运行时窗口会询问；在命令行中添加 {flags}。',
    },
  },
  'secret-allow-malformed': {
    text: {
      en: '“{value}” does not say which secret may go to which host.',
      zh: '“{value}”没有说明哪个密钥可以发送到哪个主机。',
    },
    fix: {
      en: 'Write for example --allow-secret AWS_SECRET_ACCESS_KEY@storage.example.com.',
      zh: '例如写成 --allow-secret AWS_SECRET_ACCESS_KEY@storage.example.com。',
    },
  },
  'deploy-unauthorized': {
    text: {
      en: '{host} does not accept the credentials (status {status}): {message}',
      zh: '{host} 不接受该凭据（状态 {status}）：{message}',
    },
    fix: {
      en: 'Check the variables that hold them, and whether they have expired.',
      zh: '请检查保存凭据的环境变量，以及凭据是否已过期。',
    },
  },
  'deploy-refused': {
    text: {
      en: '{host} refused {what} (status {status}): {message}',
      zh: '{host} 拒绝了 {what}（状态 {status}）：{message}',
    },
    fix: {
      en: 'Deploy again once it is mended: what was sent is not sent twice.',
      zh: '修复后请重新部署：已发送的内容不会再次发送。',
    },
  },
  'deploy-unreachable': {
    text: { en: '{host} cannot be reached: {message}', zh: '无法连接 {host}：{message}' },
    fix: {
      en: 'Check the network and the URL, then deploy again: it goes on where it stopped.',
      zh: '请检查网络和 URL，然后重新部署：将从中断处继续。',
    },
  },
  'deploy-failed': {
    text: { en: 'The deployment failed: {message}', zh: '部署失败：{message}' },
    fix: { en: 'Deploy again: it goes on where it stopped.', zh: '请重新部署：将从中断处继续。' },
  },
  'deploy-workspace-unusable': {
    text: { en: 'The workspace at {host} is {state}.', zh: '{host} 上的工作区状态为 {state}。' },
    fix: { en: 'Start it again in its console.', zh: '请在其控制台中重新启动。' },
  },
  'deploy-endpoint-taken': {
    text: {
      en: 'There is an endpoint “{name}” that Modelyard did not make; it was left as it is.',
      zh: '已有不是由 Modelyard 创建的端点“{name}”，未作任何改动。',
    },
    fix: {
      en: 'Choose another name for the endpoint; on the command line with --config endpoint=….',
      zh: '请为端点选择其他名称；在命令行中用 --config endpoint=… 指定。',
    },
  },
  'deploy-endpoint-failed': {
    text: { en: 'The endpoint “{name}” is in state {state}: {reasons}', zh: '端点“{name}”的状态为 {state}：{reasons}' },
    fix: {
      en: 'Look at its events in the console, change the settings and deploy again.',
      zh: '请在控制台查看其事件，更改设置后重新部署。',
    },
  },
  'deploy-not-ready': {
    text: {
      en: 'The endpoint “{name}” was not ready after {minutes} minutes: {reasons}',
      zh: '端点“{name}”在 {minutes} 分钟后仍未就绪：{reasons}',
    },
    fix: {
      en: 'Deploy again to go on waiting, or choose another resource shape.',
      zh: '重新部署可继续等待，或选择其他资源规格。',
    },
  },
  'deploy-smoke-differs': {
    text: {
      en: 'The endpoint predicts something else than the app: row {row} differs by {difference}, more than {tolerance}.',
      zh: '端点的预测与应用不一致：第 {row} 行相差 {difference}，超过 {tolerance}。',
    },
    fix: {
      en: 'Do not use it. Deploy again; if it happens twice, please report it.',
      zh: '请勿使用该端点。请重新部署；若再次发生，请报告此问题。',
    },
  },
  'deploy-action-none': {
    text: { en: 'The target “{target}” has nothing to {action}.', zh: '目标“{target}”不支持 {action}。' },
  },
  'deploy-name-missing': {
    text: { en: 'It is not clear which deployment is meant.', zh: '不清楚指的是哪个部署。' },
    fix: { en: 'Name the bundle’s folder with --bundle DIR.', zh: '请用 --bundle DIR 指明导出包的文件夹。' },
  },
  'deploy-bucket-missing': {
    text: { en: 'There is no bucket “{bucket}” at {host}.', zh: '{host} 上没有存储桶“{bucket}”。' },
    fix: { en: 'Make it there, or choose another one.', zh: '请在该处创建，或选择其他存储桶。' },
  },
  'deploy-no-endpoint': {
    text: { en: 'The endpoint “{name}” is not known to run.', zh: '端点“{name}”尚未运行。' },
    fix: { en: 'Deploy first.', zh: '请先部署。' },
  },
  'deploy-under-way': {
    text: { en: 'This deployment is under way already.', zh: '该部署正在进行。' },
    fix: { en: 'Wait for its end, or cancel it.', zh: '请等待其结束，或取消。' },
  },
  'deploy-unknown': {
    text: { en: 'This deployment is not known any more.', zh: '该部署已不存在。' },
    fix: { en: 'Deploy again.', zh: '请重新部署。' },
  },
  'row-not-json': {
    text: { en: 'The row is no JSON: {message}', zh: '该行不是 JSON：{message}' },
    fix: { en: 'Mend it, or choose a held-out row again.', zh: '请修正，或重新选择一行留出数据。' },
  },
  'secret-name-invalid': {
    text: {
      en: 'The name of a secret is written in capitals, digits and “_”, like S3_SECRET.',
      zh: '密钥名称由大写字母、数字和“_”组成，例如 S3_SECRET。',
    },
  },
  'secret-empty': {
    text: { en: 'A secret cannot be empty.', zh: '密钥不能为空。' },
  },
};
