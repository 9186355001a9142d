import type { ProblemText } from './problem-text';

export const trainingProblems: Readonly<Record<string, ProblemText>> = {
  'no-training-rows': {
    text: { en: 'No rows are left to train on.', zh: '没有可用于训练的行。' },
    fix: {
      en: 'Make the validation and test shares of the split smaller, or drop fewer rows.',
      zh: '减小划分中验证和测试的比例，或少删除一些行。',
    },
  },
  'no-target': {
    text: { en: 'No column is named as the one to predict.', zh: '没有指定要预测的列。' },
    fix: { en: 'Choose a target in the Split node before this one.', zh: '在此节点之前的“划分数据”节点中选择目标列。' },
  },
  'missing-target': {
    text: {
      en: '{rows} of the rows have no value in “{column}”, the column to predict.',
      zh: '有 {rows} 行在要预测的列“{column}”中没有值。',
    },
    fix: {
      en: 'Add a Clean node that drops rows without a “{column}”.',
      zh: '添加“清洗”节点，删除“{column}”为空的行。',
    },
  },
  'features-not-scaled': {
    text: {
      en: 'Features go as far as {largest}: {columns}. Unscaled, they drown the others, and training may not succeed.',
      zh: '特征数值高达 {largest}：{columns}。不缩放时，它们会淹没其他特征，训练可能不成功。',
    },
    fix: {
      en: 'Add a Normalize node before the training, which scales all numeric features.',
      zh: '请在训练之前添加“归一化”节点，缩放所有数值特征。',
    },
  },
  'rows-without-target': {
    text: {
      en: '{rows} of the rows have no value in “{column}”, the column to predict; they are left out.',
      zh: '有 {rows} 行在要预测的列“{column}”中没有值，这些行不会使用。',
    },
    fix: {
      en: 'Fill them in the file, or drop them with a Clean node to say so yourself.',
      zh: '请在文件中补上，或用“清洗”节点明确删除这些行。',
    },
  },
  'one-class-only': {
    text: {
      en: 'The column “{column}” has only one value, “{class}”, so there is nothing to tell apart.',
      zh: '列“{column}”只有一个取值“{class}”，没有可区分的类别。',
    },
    fix: {
      en: 'Choose another target, or a file with rows of other classes.',
      zh: '请选择其他目标列，或包含其他类别的文件。',
    },
  },
  'target-is-tensor': {
    text: {
      en: 'The column “{column}” holds images or other blocks of numbers and cannot be predicted.',
      zh: '列“{column}”包含图像或数值块，不能作为预测目标。',
    },
    fix: { en: 'Choose another target.', zh: '选择其他目标列。' },
  },
  'input-shape-mismatch': {
    text: {
      en: 'The model’s input “{input}” expects {expected}, but the data give {given}.',
      zh: '模型输入“{input}”期望 {expected}，但数据为 {given}。',
    },
    fix: {
      en: 'Wire the same dataset to the Input layer and to Train, or set the shape of the Input layer.',
      zh: '把同一数据集连接到“输入”层和“训练”，或设置“输入”层的形状。',
    },
  },
  'model-without-input': {
    text: { en: 'The model has no Input layer.', zh: '模型没有“输入”层。' },
    fix: { en: 'Put an Input layer before the first layer.', zh: '在第一层之前放置“输入”层。' },
  },
  'missing-column': {
    text: {
      en: 'The column “{column}” that the model needs is not in the table, which has: {columns}.',
      zh: '表中缺少模型所需的列“{column}”，现有列：{columns}。',
    },
    fix: { en: 'Wire a table that has this column under this name.', zh: '连接包含该名称列的表。' },
  },
  'column-type-differs': {
    text: {
      en: 'The model was trained with “{column}” as {expected}, but this table has it as {given}.',
      zh: '模型训练时列“{column}”的类型为 {expected}，而此表中为 {given}。',
    },
    fix: { en: 'Set the column’s type in the node that reads the file.', zh: '在读取文件的节点中设置该列的类型。' },
  },
  'loss-not-finite': {
    text: {
      en: 'The loss stopped being a number at step {step} of epoch {epoch}; “{layer}” was the first to break. The last good weights are kept in the run’s checkpoints.',
      zh: '损失在第 {epoch} 轮第 {step} 步变成非数值；最先出错的是“{layer}”。最后一次正常的权重保存在本次运行的检查点中。',
    },
    fix: {
      en: 'Lower the learning rate from {learningRate} to {to}, or clip the gradients.',
      zh: '把学习率从 {learningRate} 降到 {to}，或启用梯度裁剪。',
    },
  },
  'gradients-not-finite': {
    text: {
      en: 'The gradients of “{layer}” stopped being numbers at step {step} of epoch {epoch}, though the loss still was one. The last good weights are kept in the run’s checkpoints.',
      zh: '在第 {epoch} 轮第 {step} 步，“{layer}”的梯度变成非数值，而损失仍为正常数值。最后一次正常的权重保存在本次运行的检查点中。',
    },
    fix: {
      en: 'Lower the learning rate from {learningRate} to {to}, or clip the gradients by value.',
      zh: '把学习率从 {learningRate} 降到 {to}，或启用逐值梯度裁剪。',
    },
  },
  'batch-larger-than-data': {
    text: {
      en: 'The batch size of {batchSize} is larger than the {rows} training rows: every step uses all of them, and an epoch is one step.',
      zh: '批大小 {batchSize} 大于 {rows} 个训练行：每步都会用到所有行，每轮只有一步。',
    },
    fix: { en: 'Set the batch size to {to}.', zh: '把批大小设为 {to}。' },
  },
  'batch-of-one': {
    text: {
      en: 'The last batch of every epoch has one row ({rows} rows in batches of {batchSize}), which “{layer}” cannot normalize: that step teaches it nothing.',
      zh: '每轮的最后一批只有一行（{rows} 行，批大小 {batchSize}），“{layer}”无法对其归一化：这一步学不到任何东西。',
    },
    fix: { en: 'Choose a batch size that leaves no single row.', zh: '选择不会剩下单独一行的批大小。' },
  },
  'bfloat16-not-here': {
    text: {
      en: 'What computes here has no instructions for bfloat16, so this training computes in float32.',
      zh: '此处的计算设备没有 bfloat16 指令，因此本次训练使用 float32 计算。',
    },
    fix: {
      en: 'Set the precision to float32, or train where the processor has AVX512_BF16 or AMX.',
      zh: '把计算精度设为 float32，或在支持 AVX512_BF16 或 AMX 的处理器上训练。',
    },
  },
  'bfloat16-effect': {
    text: {
      en: 'The trained weights on {rows} validation rows: {bfloat16} in bfloat16, {float32} in float32.',
      zh: '训练所得权重在 {rows} 个验证行上：bfloat16 为 {bfloat16}，float32 为 {float32}。',
    },
    fix: {
      en: 'Set the precision to float32 if the scores differ too much.',
      zh: '若指标相差过大，请把计算精度设为 float32。',
    },
  },
  'batch-does-not-fit': {
    text: {
      en: 'A step on {batchSize} rows needs about {needed} of memory, and {free} are free where it computes.',
      zh: '每步处理 {batchSize} 行约需 {needed} 内存，而计算设备上可用 {free}。',
    },
    fix: {
      en: 'Set the batch size to {largest}, the largest that fits, or less; or choose a smaller model.',
      zh: '把批大小设为 {largest}（能容纳的最大值）或更小，或选择更小的模型。',
    },
  },
  'model-does-not-fit': {
    text: {
      en: 'Training this model needs about {needed} of memory with one row a step, and {free} are free where it computes.',
      zh: '训练该模型时，即使每步只处理一行也约需 {needed} 内存，而计算设备上可用 {free}。',
    },
    fix: {
      en: 'Choose a smaller model, close other programs, or use a machine with more memory.',
      zh: '选择更小的模型，关闭其他程序，或使用内存更大的机器。',
    },
  },
  'output-not-a-vector': {
    text: {
      en: 'The model ends in shape {shape}; it has to end in one row of numbers per example.',
      zh: '模型输出形状为 {shape}；每个样本应输出一行数值。',
    },
    fix: { en: 'End the model with Flatten and a Dense layer.', zh: '在模型末尾添加“展平”和“全连接”层。' },
  },
  'loss-needs-numbers': {
    text: {
      en: 'The loss “{loss}” compares numbers, but “{column}” holds texts.',
      zh: '损失函数“{loss}”用于数值，但列“{column}”是文本。',
    },
    fix: { en: 'Choose a cross-entropy loss.', zh: '选择交叉熵损失函数。' },
  },
  'loss-needs-class-target': {
    text: {
      en: 'This loss compares classes, but “{column}” holds numbers that are not classes.',
      zh: '该损失函数用于类别，但列“{column}”的数值不是类别。',
    },
    fix: { en: 'Choose mean squared error, or another target.', zh: '选择均方误差，或选择其他目标列。' },
  },
  'target-not-scaled': {
    text: {
      en: 'The target “{column}” holds large numbers ({low} to {high}), which a network hardly learns.',
      zh: '目标列“{column}”的数值很大（{low} 至 {high}），网络很难学会。',
    },
    fix: {
      en: 'Add a Normalize node with this column; predictions are scaled back.',
      zh: '添加“归一化”节点并选择该列；预测结果会自动还原。',
    },
  },
  'one-output-needed': {
    text: {
      en: 'To estimate one number the model has to end in one unit, not in {shape}.',
      zh: '要估计一个数值，模型最后应只有一个单元，而不是 {shape}。',
    },
    fix: { en: 'Set the units of the last Dense layer to 1.', zh: '把最后一个全连接层的单元数设为 1。' },
  },
  'binary-needs-two-classes': {
    text: {
      en: 'Binary cross-entropy with one unit tells two classes apart; the target has {classes}.',
      zh: '一个单元的二元交叉熵只能区分两个类别，而目标有 {classes} 个类别。',
    },
    fix: {
      en: 'Choose sparse categorical cross-entropy with as many units as classes.',
      zh: '选择稀疏分类交叉熵，并让单元数等于类别数。',
    },
  },
  'outputs-do-not-match-classes': {
    text: {
      en: 'The model ends in {outputs} outputs, but the target needs {classes}.',
      zh: '模型有 {outputs} 个输出，但目标需要 {classes} 个。',
    },
    fix: {
      en: 'Set the units of the last Dense layer to {classes}.',
      zh: '把最后一个全连接层的单元数设为 {classes}。',
    },
  },
  'fewer-rows-than-folds': {
    text: {
      en: '{rows} rows cannot be dealt to {folds} folds.',
      zh: '{rows} 行无法分成 {folds} 折。',
    },
    fix: { en: 'Use at most as many folds as there are rows.', zh: '折数不要超过行数。' },
  },
  'no-rows-to-test': {
    text: { en: 'The {split} split of this dataset has no rows.', zh: '该数据集的 {split} 部分没有数据行。' },
    fix: {
      en: 'Give the Split node a share for it, or test on another split.',
      zh: '在“划分数据”节点中为它分配比例，或在其他部分上测试。',
    },
  },
  'row-without-value': {
    text: {
      en: 'Row {row} has no value in “{column}”, and no preparation step says what then happens.',
      zh: '第 {row} 行在列“{column}”中没有值，且没有数据准备步骤说明如何处理。',
    },
    fix: {
      en: 'Fill the value in, or add a Clean node that imputes it and train again.',
      zh: '补全该值，或添加会填补缺失值的“清洗”节点并重新训练。',
    },
  },
  'category-never-seen': {
    text: {
      en: 'Row {row} has a category in “{column}” that the model has never seen.',
      zh: '第 {row} 行的列“{column}”中有模型从未见过的类别。',
    },
    fix: {
      en: 'Correct the value, or let the Encode node put unknown values into a bucket of their own and train again.',
      zh: '更正该值，或让“编码”节点把未知值放入单独的类别并重新训练。',
    },
  },
};
