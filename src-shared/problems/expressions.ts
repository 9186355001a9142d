import type { ProblemText } from './problem-text';

export const expressionProblems: Readonly<Record<string, ProblemText>> = {
  'expression-empty': {
    text: { en: 'Nothing is written here yet.', zh: '这里还没有内容。' },
    fix: {
      en: 'Write an expression over the columns, such as `distance / time` or `delay > 15`.',
      zh: '请写一个关于列的表达式，例如 `distance / time` 或 `delay > 15`。',
    },
  },
  'expression-unreadable': {
    text: { en: '"{found}" at place {place} does not fit there.', zh: '第 {place} 个字符处的“{found}”无法理解。' },
    fix: {
      en: 'Names of columns stand plain or in "double quotes", texts in \'single quotes\'; + − * / compute, = <> < <= > >= compare, and, or, not join conditions.',
      zh: '列名直接写或放在 "双引号" 中，文本放在 \'单引号\' 中；+ − * / 用于计算，= <> < <= > >= 用于比较，and、or、not 连接条件。',
    },
  },
  'expression-ends-early': {
    text: { en: 'The expression ends in the middle, at place {place}.', zh: '表达式在第 {place} 个字符处中断。' },
    fix: { en: 'Write the missing part, or close the bracket.', zh: '请补全缺少的部分或右括号。' },
  },
  'expression-too-long': {
    text: { en: 'The expression has more than {limit} characters.', zh: '表达式超过 {limit} 个字符。' },
    fix: { en: 'Spread it over several nodes.', zh: '请分到多个节点。' },
  },
  'expression-too-deep': {
    text: { en: 'More than {limit} brackets lie inside each other.', zh: '括号嵌套超过 {limit} 层。' },
    fix: { en: 'Spread the expression over several nodes.', zh: '请把表达式分到多个节点。' },
  },
  'expression-no-function': {
    text: { en: 'There is no function "{name}" (place {place}).', zh: '没有函数“{name}”（第 {place} 个字符）。' },
    fix: { en: 'Use one of: {known}.', zh: '可用的函数：{known}。' },
  },
  'expression-input-count': {
    text: {
      en: '"{name}" at place {place} takes {wanted} values and was given {given}.',
      zh: '第 {place} 个字符处的“{name}”需要 {wanted} 个值，给出了 {given} 个。',
    },
    fix: { en: 'Give it as many values as it takes.', zh: '请给出所需数量的值。' },
  },
  'expression-wrong-kind': {
    text: {
      en: 'At place {place} stands {given} where {wanted} is needed.',
      zh: '第 {place} 个字符处是{given}，需要的是{wanted}。',
    },
    fix: {
      en: 'Conditions are made by comparing; texts can only be compared with = and <> to a text in single quotes.',
      zh: '条件由比较得到；文本只能用 = 和 <> 与单引号中的文本比较。',
    },
  },
  'expression-of-tensor': {
    text: { en: 'The column "{column}" holds more than one number a row.', zh: '列“{column}”的每一行不止一个数。' },
    fix: { en: 'Use columns of numbers, conditions or texts.', zh: '请使用数字、条件或文本列。' },
  },
  'expression-reads-nothing': {
    text: { en: 'The expression reads no column.', zh: '表达式没有用到任何列。' },
    fix: { en: 'Name at least one column in it.', zh: '请在其中至少使用一列。' },
  },
  'group-not-a-number': {
    text: { en: 'The column "{column}" holds no numbers to measure.', zh: '列“{column}”不是可汇总的数字。' },
    fix: { en: 'Choose columns of numbers, or group by this one.', zh: '请选择数字列，或按该列分组。' },
  },
  'filter-not-a-condition': {
    text: { en: 'The condition is {given}, not true or false.', zh: '该条件的结果是{given}，而不是真或假。' },
    fix: { en: 'Compare it with something, such as `delay > 15`.', zh: '请与某个值比较，例如 `delay > 15`。' },
  },
  'derive-name-not-allowed': {
    text: { en: 'A column cannot be called "{column}".', zh: '列不能命名为“{column}”。' },
    fix: { en: 'Give a name of 1 to {limit} characters.', zh: '请输入 1 到 {limit} 个字符的名称。' },
  },
  'derive-name-taken': {
    text: { en: 'There is a column "{column}" already.', zh: '已经有名为“{column}”的列。' },
    fix: { en: 'Give the new column another name.', zh: '请为新列换一个名称。' },
  },
  'derive-gives-text': {
    text: {
      en: 'The expression gives a text; a new column holds numbers.',
      zh: '表达式的结果是文本；新列只能是数字。',
    },
    fix: { en: 'Compute a number, or compare the text.', zh: '请计算一个数，或与文本比较。' },
  },
  'derive-reads-target': {
    text: {
      en: 'A feature is computed from the target "{column}", which nobody knows when the model is used.',
      zh: '有一个特征由目标列“{column}”计算得到，而使用模型时并不知道目标。',
    },
    fix: {
      en: 'Compute the feature from other columns, or set its role to "ignore".',
      zh: '请用其他列计算该特征，或将其角色设为“忽略”。',
    },
  },
  'reads-changed-column': {
    text: {
      en: 'The expression reads "{column}" as the source gives it, but the node "{by}" has changed it before.',
      zh: '表达式读取的是数据来源中的“{column}”，但节点“{by}”已在此之前改变了它。',
    },
    fix: { en: 'Put this node before that one.', zh: '请把此节点放到那个节点之前。' },
  },
};
