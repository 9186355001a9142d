import type { ProblemText } from './problem-text';

/** Why a graphics card is not used; runs then compute on the processor. */
export const gpuProblems: Readonly<Record<string, ProblemText>> = {
  'gpu-not-on-this-system': {
    text: {
      en: 'TensorFlow computes on NVIDIA cards under Linux on x64 alone, not on {system}.',
      zh: 'TensorFlow 仅在 x64 的 Linux 上支持 NVIDIA 显卡，不支持 {system}。',
    },
    fix: { en: 'On Windows, use Linux in WSL 2.', zh: '在 Windows 上，请使用 WSL 2 中的 Linux。' },
  },
  'gpu-none': {
    text: { en: 'There is no NVIDIA card in this machine.', zh: '本机没有 NVIDIA 显卡。' },
    fix: { en: 'Set the device to “auto” or “cpu”.', zh: '请把计算设备设为“auto”或“cpu”。' },
  },
  'gpu-no-driver': {
    text: {
      en: 'The card ({card}) has no driver, so runs compute on the processor.',
      zh: '显卡（{card}）没有驱动，因此在处理器上计算。',
    },
    fix: { en: 'Install the driver: {command}', zh: '安装驱动：{command}' },
  },
  'gpu-driver-old': {
    text: {
      en: 'The driver {driver} is too old for CUDA 12, which needs {oldest} or newer; runs compute on the processor.',
      zh: '驱动 {driver} 过旧，CUDA 12 需要 {oldest} 或更新版本；因此在处理器上计算。',
    },
    fix: { en: 'Install a newer driver: {command}', zh: '安装较新的驱动：{command}' },
  },
  'gpu-no-libcuda': {
    text: {
      en: 'The driver’s library libcuda.so.1 is missing, so the card ({card}) is of no use and runs compute on the processor.',
      zh: '缺少驱动库 libcuda.so.1，显卡（{card}）无法使用，因此在处理器上计算。',
    },
    fix: { en: 'Install it: {command}', zh: '安装它：{command}' },
  },
  'gpu-no-device': {
    text: {
      en: 'No program can open the card ({card}): /dev/nvidia0 is missing, so runs compute on the processor.',
      zh: '程序无法打开显卡（{card}）：缺少 /dev/nvidia0，因此在处理器上计算。',
    },
    fix: { en: 'Make it available: {command}', zh: '使其可用：{command}' },
  },
  'gpu-build-missing': {
    text: {
      en: 'The card ({card}) is not used: TensorFlow’s CUDA build is not on this machine.',
      zh: '未使用显卡（{card}）：本机没有 TensorFlow 的 CUDA 版本。',
    },
    fix: { en: 'Fetch it (3.4 GB): {command}', zh: '下载（3.4 GB）：{command}' },
  },
  'gpu-cuda-missing': {
    text: {
      en: 'Libraries of CUDA are missing ({names}), so runs compute on the processor.',
      zh: '缺少 CUDA 库（{names}），因此在处理器上计算。',
    },
    fix: { en: 'Fetch them again: {command}', zh: '重新下载：{command}' },
  },
  'gpu-not-seen': {
    text: {
      en: 'TensorFlow’s CUDA build found no card it can use, so runs compute on the processor.',
      zh: 'TensorFlow 的 CUDA 版本没有找到可用的显卡，因此在处理器上计算。',
    },
    fix: {
      en: 'See what the driver says: {command}',
      zh: '查看驱动的说明：{command}',
    },
  },
  'device-unknown': {
    text: {
      en: '“{name}” is no device to compute on. There are: {names}.',
      zh: '“{name}”不是可用的计算设备。可选：{names}。',
    },
    fix: { en: 'Set it to one of these, or not at all.', zh: '请设为其中之一，或不设置。' },
  },
};
