import type { ProblemText } from './problem-text';

/** What a model's inputs take and its outputs are for. */
export const objectiveProblems: Readonly<Record<string, ProblemText>> = {
  'inputs-share-features': {
    text: {
      en: '“{first}” and “{second}” both take all features. Only one input can take the rest.',
      zh: '“{first}”和“{second}”都使用所有特征。只能有一个输入使用其余特征。',
    },
    fix: {
      en: 'Say in one of the Input layers which columns enter there.',
      zh: '请在其中一个“输入”层中指定进入该处的列。',
    },
  },
  'input-without-columns': {
    text: {
      en: 'Nothing is left for the input “{input}”: the other inputs take every feature.',
      zh: '没有列可供输入“{input}”使用：其他输入已使用了所有特征。',
    },
    fix: { en: 'Choose its columns, or take it away.', zh: '请选择它的列，或删除该输入。' },
  },
  'input-column-not-feature': {
    text: {
      en: 'The input “{input}” asks for “{column}”, which has the role {role} and is no feature.',
      zh: '输入“{input}”要求列“{column}”，但其角色为 {role}，不是特征。',
    },
    fix: { en: 'Choose features, or change the role in the source.', zh: '请选择特征列，或在数据来源中更改角色。' },
  },
  'target-is-input': {
    text: {
      en: '“{column}” is a target and enters the model at “{input}”: the model would be told the answer.',
      zh: '“{column}”是目标列，却在“{input}”进入模型：模型会直接得到答案。',
    },
    fix: { en: 'Take the column out of the input, or predict another one.', zh: '请从输入中移除该列，或预测其他列。' },
  },
  'target-is-feature': {
    text: {
      en: '“{output}” is to predict “{column}”, but that column is a feature: the model would be told the answer.',
      zh: '“{output}”要预测“{column}”，但该列是特征：模型会直接得到答案。',
    },
    fix: { en: 'Name the column as a target in the Split node.', zh: '请在“划分数据”节点中把该列指定为目标列。' },
  },
  'target-has-other-role': {
    text: {
      en: '“{output}” is to predict “{column}”, which has the role {role}.',
      zh: '“{output}”要预测“{column}”，但该列的角色为 {role}。',
    },
    fix: { en: 'Name the column as a target in the Split node.', zh: '请在“划分数据”节点中把该列指定为目标列。' },
  },
  'two-targets': {
    text: {
      en: 'The output has two targets: the column “{column}” and what is connected to “target”.',
      zh: '该输出有两个目标：列“{column}”和连接到“target”的值。',
    },
    fix: { en: 'Empty the setting, or take the wire away.', zh: '请清空该设置，或删除连线。' },
  },
  'output-without-aim': {
    text: {
      en: 'The model has several outputs, and “{output}” does not say what it is for.',
      zh: '模型有多个输出，而“{output}”没有说明其用途。',
    },
    fix: {
      en: 'Put an Output layer between each of them and Train, and choose its target; or take the wire away.',
      zh: '请在每个输出与“训练”之间加入“输出”层并选择目标列，或删除该连线。',
    },
  },
  'loss-needs-classes-not-values': {
    text: {
      en: '“{output}” is compared with numbers of the model, and the loss {loss} compares classes.',
      zh: '“{output}”与模型中的数值比较，而损失 {loss} 用于比较类别。',
    },
    fix: { en: 'Choose a loss for numbers.', zh: '请选择用于数值的损失。' },
  },
  'features-not-used': {
    text: { en: 'No input of the model takes: {columns}.', zh: '模型没有任何输入使用这些列：{columns}。' },
    fix: {
      en: 'Add them to an input, or give them the role “ignore” to say so yourself.',
      zh: '请把它们加入某个输入，或将其角色设为“忽略”以明确说明。',
    },
  },
  'monitor-not-measured': {
    text: {
      en: 'Nothing measures “{monitor}” here. What is measured: {measures}.',
      zh: '此处不会测量“{monitor}”。会测量的有：{measures}。',
    },
    fix: { en: 'Watch one of these.', zh: '请选择其中之一。' },
  },
  'monitor-without-validation': {
    text: {
      en: '“{monitor}” is measured on validation rows, and there are none.',
      zh: '“{monitor}”在验证行上测量，但没有验证行。',
    },
    fix: {
      en: 'Give the split a validation share, or watch the training rows.',
      zh: '请为划分设置验证比例，或监视训练行上的指标。',
    },
  },
  'nothing-to-compare': {
    text: {
      en: 'No output of the model has a target or a score, so there is nothing to test.',
      zh: '模型的输出既没有目标列也没有分数，因此无可测试。',
    },
    fix: { en: 'Test a model that predicts a column.', zh: '请测试预测某一列的模型。' },
  },
  'axes-differ': {
    text: {
      en: 'Only tensors with as many axes can be put side by side: {shapes}.',
      zh: '只有轴数相同的张量才能拼接：{shapes}。',
    },
    fix: { en: 'Put a Flatten or Reshape layer before them.', zh: '请在前面加入“展平”或“重塑”层。' },
  },
  'dot-needs-equal-vectors': {
    text: {
      en: 'A dot product takes two vectors of the same length, not {a} and {b}.',
      zh: '点积需要两个长度相同的向量，而不是 {a} 和 {b}。',
    },
    fix: { en: 'Give both branches as many units at their end.', zh: '请让两个分支末端的单元数相同。' },
  },
};
