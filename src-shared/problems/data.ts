import type { ProblemText } from './sentences';

export const dataProblems: Readonly<Record<string, ProblemText>> = {
  'column-not-found': {
    text: {
      en: 'There is no column "{column}". The table has: {columns}.',
      zh: '没有名为“{column}”的列。该表的列有：{columns}。',
    },
    fix: { en: 'Choose one of the columns of the table.', zh: '请选择表中已有的列。' },
  },
  'divide-by-zero': {
    text: { en: 'Nothing can be divided by 0.', zh: '不能除以 0。' },
    fix: {
      en: 'Set `divideBy` to another number, such as 255 for images.',
      zh: '请将 `divideBy` 设为其他数，例如图像用 255。',
    },
  },
  'split-leaves-nothing': {
    text: {
      en: 'The validation and test shares add up to {sum}, which leaves no rows to train on.',
      zh: '验证与测试比例之和为 {sum}，没有剩余的行可用于训练。',
    },
    fix: {
      en: 'Make the two shares smaller, so that they add up to less than 1.',
      zh: '请减小这两个比例，使其和小于 1。',
    },
  },
  'no-source-split': {
    text: { en: 'The source comes without a split of its own.', zh: '该数据来源没有自带的划分。' },
    fix: { en: 'Split at random, or stratified by the target.', zh: '请改为随机划分或按目标分层划分。' },
  },
  'class-with-one-example': {
    text: {
      en: 'The class "{class}" of the column "{column}" has only one example (row {row}), so it cannot be both in training and in test.',
      zh: '列“{column}”的类别“{class}”只有一个样本（第 {row} 行），无法同时出现在训练和测试中。',
    },
    fix: {
      en: 'Split at random, or remove the row, or merge the class with another.',
      zh: '请改为随机划分，或删除该行，或将该类别并入其他类别。',
    },
  },
  'stratified-without-target': {
    text: { en: 'A stratified split needs a target column, and none is set.', zh: '分层划分需要目标列，但尚未指定。' },
    fix: { en: 'Choose the target here, or split at random.', zh: '请在此选择目标列，或改为随机划分。' },
  },
  'not-idx': {
    text: { en: '"{file}" is not an IDX file.', zh: '“{file}”不是 IDX 文件。' },
    fix: { en: 'Choose a file such as train-images-idx3-ubyte.', zh: '请选择类似 train-images-idx3-ubyte 的文件。' },
  },
  'idx-truncated': {
    text: {
      en: '"{file}" should have {expected} bytes by its header, and has {found}.',
      zh: '按文件头，“{file}”应有 {expected} 字节，实际为 {found} 字节。',
    },
    fix: { en: 'Fetch the file again; it may have been cut off.', zh: '文件可能不完整，请重新获取。' },
  },
  'labels-out-of-range': {
    text: {
      en: 'A label is {label}, but with {classes} classes labels go from 0 to {last}.',
      zh: '出现了标签 {label}，而 {classes} 个类别的标签应在 0 到 {last} 之间。',
    },
    fix: {
      en: 'Set the number of classes to 0 to count them, or mend the labels.',
      zh: '请将类别数设为 0 以自动统计，或修正标签。',
    },
  },
  'image-sizes-differ': {
    text: { en: 'Some images are {first} and others {other}.', zh: '图像大小不一致：{first} 与 {other}。' },
    fix: { en: 'Choose files whose images have the same size.', zh: '请选择图像大小相同的文件。' },
  },
  'too-many-classes': {
    text: {
      en: 'The text column "{column}" has too many different values to be used as classes.',
      zh: '文本列“{column}”的不同取值过多，无法作为类别使用。',
    },
    fix: { en: 'Set its role to "ignore" or "id" in the source.', zh: '请在数据来源中将其角色设为“忽略”或“标识”。' },
  },
  'bundled-data-missing': {
    text: {
      en: 'The data "{name}" that should come with the app are missing.',
      zh: '应随应用提供的数据“{name}”缺失。',
    },
    fix: { en: 'Install the app again.', zh: '请重新安装应用。' },
  },
};
