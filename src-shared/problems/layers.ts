import type { ProblemText } from './problem-text';

/** Problems of layers and of compiling a model for training. */
export const layerProblems: Readonly<Record<string, ProblemText>> = {
  'layer-without-input': {
    text: { en: 'This layer has nothing to work on.', zh: '该层没有输入。' },
    fix: { en: 'Connect a layer to its input x.', zh: '将一个层连接到它的输入 x。' },
  },
  'layer-needs-float': {
    text: { en: 'Layers take floating-point numbers, not {dtype}.', zh: '层需要浮点数，不能是 {dtype}。' },
    fix: {
      en: 'Begin the model with an Input node, which converts them.',
      zh: '用“输入”节点作为模型起点，它会进行转换。',
    },
  },
  'not-an-image': {
    text: {
      en: 'This layer takes images, [batch, height, width, channels]; it was given {shape}.',
      zh: '该层需要图像 [batch, 高, 宽, 通道]，但得到的是 {shape}。',
    },
    fix: {
      en: 'Put it before Flatten and Dense, or give the images a channel axis.',
      zh: '将它放在“展平”和“全连接”之前，或为图像补上通道轴。',
    },
  },
  'image-size-unknown': {
    text: {
      en: 'This layer has to know how tall and wide its images are; it was given {shape}.',
      zh: '该层需要知道图像的高和宽，但得到的是 {shape}。',
    },
  },
  'not-a-sequence': {
    text: {
      en: 'This layer takes sequences of a known length, [batch, time, channels]; it was given {shape}.',
      zh: '该层需要长度已知的序列 [batch, 时间, 通道]，但得到的是 {shape}。',
    },
    fix: {
      en: 'Write the shape of one sequence in the Input node, such as 20,8.',
      zh: '请在“输入”节点中填写单个序列的形状，例如 20,8。',
    },
  },
  'attention-lengths-differ': {
    text: {
      en: 'Value and key must be equally long sequences; they are {value} and {key}.',
      zh: 'value 与 key 的序列长度必须相同，现为 {value} 和 {key}。',
    },
  },
  'flatten-unknown-size': {
    text: {
      en: 'Flatten cannot tell how many numbers {shape} holds before the run.',
      zh: '运行前无法确定 {shape} 包含多少个数，不能展平。',
    },
    fix: { en: 'Use GlobalAveragePooling2D in its place.', zh: '改用“全局平均池化”。' },
  },
  'dense-unknown-size': {
    text: {
      en: 'Dense needs at least two axes, the last of a known size; it was given {shape}.',
      zh: '全连接层至少需要两个轴，且最后一个轴的大小已知；得到的是 {shape}。',
    },
  },
  'channels-unknown': {
    text: {
      en: 'This layer works per channel and needs at least two axes, the last of a known size; it was given {shape}.',
      zh: '该层按通道工作，至少需要两个轴，且最后一个轴的大小已知；得到的是 {shape}。',
    },
  },
  'input-without-shape': {
    text: { en: 'The shape of the input is not known.', zh: '输入的形状未知。' },
    fix: {
      en: 'Connect the dataset to "like", or write a shape such as 28,28,1.',
      zh: '将数据集连接到“like”，或填写形状，例如 28,28,1。',
    },
  },
  'input-shape-differs': {
    text: {
      en: 'The written shape {written} is not that of the data, {data}.',
      zh: '填写的形状 {written} 与数据的形状 {data} 不符。',
    },
    fix: { en: 'Leave the shape empty to take it from the data.', zh: '将形状留空以使用数据的形状。' },
  },
  'input-size-not-positive': {
    text: {
      en: 'Sizes are whole numbers from 1 on; "{shape}" has a smaller one.',
      zh: '大小必须是不小于 1 的整数；“{shape}”中有更小的数。',
    },
  },
  'reserved-input-name': {
    text: {
      en: 'An input cannot be named "{name}": training feeds that name itself.',
      zh: '输入不能命名为“{name}”：训练会使用这个名称。',
    },
    fix: { en: 'Rename the input or the column.', zh: '请重命名该输入或列。' },
  },
  'loss-needs-classes': {
    text: {
      en: 'The loss {loss} compares classes, but the model ends in {shape}.',
      zh: '损失函数 {loss} 用于比较类别，但模型的输出是 {shape}。',
    },
    fix: {
      en: 'End the model in a Dense layer with one unit per class and softmax, or choose another loss.',
      zh: '让模型以“全连接”层结尾（每个类别一个单元，激活为 softmax），或选择其他损失函数。',
    },
  },
  'index-out-of-range': {
    text: {
      en: 'The data hold the number {index}, but this layer knows the numbers from 0 to {last} alone.',
      zh: '数据中有编号 {index}，但该层只接受 0 到 {last} 的编号。',
    },
    fix: {
      en: 'Set the input size to the largest number in the data plus 1, or clean the column.',
      zh: '将“输入大小”设为数据中的最大编号加 1，或清理该列。',
    },
  },
  'no-gradient': {
    text: {
      en: 'Training cannot pass through the op "{op}": it has no gradient.',
      zh: '训练无法穿过运算“{op}”：它没有梯度。',
    },
  },
};
