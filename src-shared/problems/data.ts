import type { ProblemText } from './problem-text';

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
  'nothing-to-fit': {
    text: {
      en: 'The column "{column}" has no values in the training rows, so nothing can be learned from it.',
      zh: '列“{column}”在训练行中没有任何值，无法从中学习。',
    },
    fix: { en: 'Set its role to "ignore", or fill it with a constant.', zh: '请将其角色设为“忽略”，或用常数填补。' },
  },
  'constant-not-a-number': {
    text: {
      en: '"{value}" is not a number, and the column "{column}" is numeric.',
      zh: '“{value}”不是数字，而列“{column}”是数值列。',
    },
    fix: {
      en: 'Give a number, or name the columns that the constant is for.',
      zh: '请输入数字，或指定该常数适用的列。',
    },
  },
  'constant-not-a-class': {
    text: {
      en: '"{value}" is not one of the values of the column "{column}".',
      zh: '“{value}”不是列“{column}”的取值之一。',
    },
    fix: {
      en: 'Give one of its values, or name the columns that the constant is for.',
      zh: '请输入该列的某个取值，或指定该常数适用的列。',
    },
  },
  'bounds-crossed': {
    text: {
      en: 'The lower bound {lower} is not below the upper bound {upper}.',
      zh: '下限 {lower} 不小于上限 {upper}。',
    },
    fix: { en: 'Make the lower bound smaller than the upper one.', zh: '请使下限小于上限。' },
  },
  'scale-tensor-by-constant': {
    text: {
      en: 'The column "{column}" holds images, which are scaled by a constant and not by what is learned from the rows.',
      zh: '列“{column}”包含图像，应按常数缩放，而不是按从数据行学到的值缩放。',
    },
    fix: {
      en: 'Set the method to "By a constant", for example divide by 255.',
      zh: '请将方法设为“按常数”，例如除以 255。',
    },
  },
  'duplicates-of-tensors': {
    text: {
      en: 'Duplicates of the images in "{column}" cannot be looked for.',
      zh: '无法查找“{column}”中图像的重复项。',
    },
    fix: {
      en: 'Switch the dropping of duplicates off, or name the columns to compare.',
      zh: '请关闭删除重复行，或指定要比较的列。',
    },
  },
  'not-classes': {
    text: {
      en: 'The column "{column}" is not made of categories: it has too many different values, or none.',
      zh: '列“{column}”不是类别列：不同取值过多，或没有取值。',
    },
    fix: { en: 'Leave it out of the columns to encode.', zh: '请将其从要编码的列中去掉。' },
  },
  'missing-under-error-policy': {
    text: {
      en: 'The column "{column}" has missing values ({nulls}), and the policy refuses them.',
      zh: '列“{column}”有 {nulls} 个缺失值，而当前策略拒绝缺失值。',
    },
    fix: {
      en: 'Fill them in with a Clean node before encoding, or choose another policy.',
      zh: '请在编码前用“清洗”节点填补，或选择其他策略。',
    },
  },
  'no-features': {
    text: { en: 'The table has no column with the role "feature".', zh: '该表没有角色为“特征”的列。' },
    fix: { en: 'Give at least one column that role in the source.', zh: '请在数据来源中至少将一列设为特征。' },
  },
  'text-feature': {
    text: {
      en: 'The column "{column}" is text, and a model takes numbers.',
      zh: '列“{column}”是文本，而模型只接受数字。',
    },
    fix: {
      en: 'Add an Encode node before the model, or set the role of the column to "ignore".',
      zh: '请在模型之前添加“编码”节点，或将该列的角色设为“忽略”。',
    },
  },
  'time-feature': {
    text: {
      en: 'The column "{column}" is a time: as milliseconds since 1970 a model learns nothing from it.',
      zh: '列“{column}”是时间：以 1970 年以来的毫秒数表示时，模型无法从中学习。',
    },
    fix: {
      en: 'Add a Date parts node, which makes months, weekdays, hours or days of it, or set its role to "ignore".',
      zh: '请添加“日期成分”节点，把它变为月份、星期、小时或天数，或将其角色设为“忽略”。',
    },
  },
  'not-a-time': {
    text: { en: 'The column "{column}" is not a time.', zh: '列“{column}”不是时间列。' },
    fix: {
      en: 'Set its type to "time" in the source, or leave it out of the columns.',
      zh: '请在数据来源中将其类型设为“时间”，或将其从列中去掉。',
    },
  },
  'no-times': {
    text: { en: 'No feature is a time.', zh: '没有时间类型的特征。' },
    fix: {
      en: 'Set the type of the column to "time" in the source, or take this node out.',
      zh: '请在数据来源中将该列的类型设为“时间”，或移除此节点。',
    },
  },
  'not-a-date': {
    text: { en: '"{value}" is not a date.', zh: '“{value}”不是日期。' },
    fix: {
      en: 'Write it as 2000-01-31, with a time as 2000-01-31T12:00.',
      zh: '请写成 2000-01-31，带时间时写成 2000-01-31T12:00。',
    },
  },
  'no-date-parts': {
    text: { en: 'No part of the date is chosen.', zh: '没有选择任何日期成分。' },
    fix: { en: 'Choose at least one.', zh: '请至少选择一个。' },
  },
  'still-reading': {
    text: { en: 'The values of the column "{column}" are still being read.', zh: '正在读取列“{column}”的取值。' },
  },
  'missing-values-left': {
    text: {
      en: 'The column "{column}" still has missing values ({nulls}), which a model cannot take.',
      zh: '列“{column}”仍有 {nulls} 个缺失值，模型无法处理。',
    },
    fix: {
      en: 'Add a Clean node that drops the rows or fills them in.',
      zh: '请添加“清洗”节点，删除这些行或填补缺失值。',
    },
  },
  'features-do-not-mix': {
    text: {
      en: 'Images ("{tensor}") and other features ("{other}") cannot go into one input together.',
      zh: '图像（“{tensor}”）与其他特征（“{other}”）不能一起进入同一个输入。',
    },
    fix: { en: 'Set the role of one of them to "ignore".', zh: '请将其中之一的角色设为“忽略”。' },
  },
  'no-target': {
    text: { en: 'No column is marked as the target.', zh: '没有任何列被标记为目标列。' },
    fix: {
      en: 'Choose the target in a Split node, or give it that role in the source.',
      zh: '请在“划分数据”节点中选择目标列，或在数据来源中指定其角色。',
    },
  },
  'several-targets': {
    text: { en: 'More than one column is marked as the target: {columns}.', zh: '有多个列被标记为目标列：{columns}。' },
    fix: { en: 'Leave that role to one of them.', zh: '请只保留一个目标列。' },
  },
  'csv-empty': {
    text: { en: 'The file "{file}" is empty.', zh: '文件“{file}”是空的。' },
    fix: { en: 'Choose a file with a header and rows.', zh: '请选择包含表头和数据行的文件。' },
  },
  'csv-no-rows': {
    text: { en: 'The file "{file}" has a header and no rows.', zh: '文件“{file}”只有表头，没有数据行。' },
    fix: {
      en: 'Choose a file with rows. If the first line is data, set the header to "no".',
      zh: '请选择包含数据行的文件。如果第一行就是数据，请将表头设为“无”。',
    },
  },
  'csv-binary': {
    text: {
      en: 'The file "{file}" is not text, so it is no CSV file.',
      zh: '文件“{file}”不是文本，因此不是 CSV 文件。',
    },
    fix: {
      en: 'Save the table as CSV first; unpack it if it is compressed.',
      zh: '请先将表格另存为 CSV；如果是压缩文件，请先解压。',
    },
  },
  'csv-ragged': {
    text: {
      en: 'Line {line} has the wrong number of fields: {found} where the table has {expected} columns (lines like it: {count}): {text}',
      zh: '第 {line} 行有 {found} 个字段，而表有 {expected} 列（共 {count} 行有此问题）：{text}',
    },
    fix: { en: 'Mend the line, or choose another delimiter.', zh: '请修正该行，或选择其他分隔符。' },
  },
  'csv-wrong-type': {
    text: {
      en: 'Line {line}, column "{column}": "{value}" is not of the type {type} (places like it: {count}).',
      zh: '第 {line} 行，列“{column}”：“{value}”不符合类型 {type}（共 {count} 处）。',
    },
    fix: {
      en: 'Mend the value, add it to the texts that mean "missing", or set the type of the column to "string".',
      zh: '请修正该值，将其加入表示“缺失”的文本，或将该列的类型设为“string”。',
    },
  },
  'csv-almost-numbers': {
    text: {
      en: 'The column "{column}" is taken as text because of "{value}" in line {line} (values like it: {count}); all others are numbers.',
      zh: '列“{column}”因第 {line} 行的“{value}”被视为文本（共 {count} 个这样的值），其余都是数字。',
    },
    fix: {
      en: 'Add the text to those that mean "missing" and set the type of the column to "float", or mend the file.',
      zh: '请将该文本加入表示“缺失”的文本，并将该列的类型设为“float”，或修正文件。',
    },
  },
  'csv-open-quote': {
    text: {
      en: 'A quotation mark that opens in line {line} or after is never closed.',
      zh: '从第 {line} 行开始的引号没有闭合。',
    },
    fix: { en: 'Close it, or write quotation marks inside a text twice.', zh: '请闭合引号；文本中的引号应写两次。' },
  },
  'csv-encoding': {
    text: {
      en: 'Line {line} holds bytes that are no text in this encoding.',
      zh: '第 {line} 行包含不符合该编码的字节。',
    },
    fix: {
      en: 'Choose the encoding of the file, for example GBK or Latin-1.',
      zh: '请选择文件的编码，例如 GBK 或 Latin-1。',
    },
  },
  'csv-long-line': {
    text: { en: 'Line {line} is longer than four megabytes.', zh: '第 {line} 行超过四兆字节。' },
    fix: { en: 'Look for a quotation mark that is never closed.', zh: '请检查是否有未闭合的引号。' },
  },
  'csv-unreadable': {
    text: {
      en: 'The file cannot be read as CSV from line {line} on: {message}',
      zh: '从第 {line} 行起无法按 CSV 读取该文件：{message}',
    },
    fix: { en: 'Choose the delimiter and the encoding of the file.', zh: '请选择文件的分隔符和编码。' },
  },
  'csv-same-names': {
    text: {
      en: 'Two columns are called "{column}" (names do not differ by case).',
      zh: '有两列都叫“{column}”（名称不区分大小写）。',
    },
    fix: { en: 'Give every column a name of its own.', zh: '请为每一列取不同的名称。' },
  },
  'csv-column-renamed': {
    text: {
      en: 'Two columns are called "{column}" (names do not differ by case); the second is read as "{renamed}".',
      zh: '有两列都叫“{column}”（名称不区分大小写）；第二列读作“{renamed}”。',
    },
    fix: { en: 'Give every column a name of its own.', zh: '请为每一列取不同的名称。' },
  },
  'csv-name-not-allowed': {
    text: { en: 'A column cannot be called "{column}".', zh: '列不能叫“{column}”。' },
    fix: { en: 'Give the column another name in the file.', zh: '请在文件中为该列另取名称。' },
  },
  'csv-infinite': {
    text: {
      en: 'The column "{column}" holds infinity or NaN in line {line} (values like it: {count}), which a model cannot learn from.',
      zh: '列“{column}”在第 {line} 行含有无穷大或 NaN（共 {count} 个），模型无法从中学习。',
    },
    fix: {
      en: 'Mend the file, add the text to those that mean "missing", or set the role of the column to "ignore".',
      zh: '请修正文件，将该文本加入表示“缺失”的文本，或将该列的角色设为“忽略”。',
    },
  },
  'column-without-values': {
    text: { en: 'The column "{column}" has no values at all.', zh: '列“{column}”没有任何值。' },
    fix: { en: 'Set its role to "ignore" in the source.', zh: '请在数据来源中将其角色设为“忽略”。' },
  },
  'no-file-chosen': {
    text: { en: 'No file is chosen.', zh: '尚未选择文件。' },
    fix: { en: 'Choose a file.', zh: '请选择文件。' },
  },
  'idx-too-large': {
    text: {
      en: '"{file}" would unpack to {bytes} bytes; at most {limit} are read.',
      zh: '“{file}”解压后为 {bytes} 字节，最多读取 {limit} 字节。',
    },
    fix: { en: 'Choose a smaller file.', zh: '请选择更小的文件。' },
  },
  'not-images': {
    text: { en: '"{file}" does not hold images of bytes.', zh: '“{file}”不包含字节图像。' },
    fix: { en: 'Choose a file such as train-images-idx3-ubyte.', zh: '请选择类似 train-images-idx3-ubyte 的文件。' },
  },
  'not-labels': {
    text: { en: '"{file}" does not hold one label per image.', zh: '“{file}”不是每张图像一个标签的文件。' },
    fix: { en: 'Choose a file such as train-labels-idx1-ubyte.', zh: '请选择类似 train-labels-idx1-ubyte 的文件。' },
  },
  'images-without-labels': {
    text: { en: 'There are {images} images and {labels} labels.', zh: '有 {images} 张图像，却有 {labels} 个标签。' },
    fix: { en: 'Choose two files that belong together.', zh: '请选择相互对应的两个文件。' },
  },
  'test-pair-incomplete': {
    text: {
      en: 'Of the test images and the test labels only one file is chosen.',
      zh: '测试图像与测试标签只选择了其中一个文件。',
    },
    fix: { en: 'Choose both files, or neither.', zh: '请同时选择两个文件，或都不选。' },
  },
};
