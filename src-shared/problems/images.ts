import type { ProblemText } from './problem-text';

const setAside = {
  en: 'Mend or remove the files, or leave them: the others are used.',
  zh: '请修复或移除这些文件；也可不处理，其余文件照常使用。',
};

/** Folders of images. `files` names the first of them. */
export const imageProblems: Readonly<Record<string, ProblemText>> = {
  'image-folder-empty': {
    text: {
      en: 'There are no images in "{folder}". Files that end with {endings} are looked for.',
      zh: '“{folder}”中没有图像。查找的是以 {endings} 结尾的文件。',
    },
    fix: {
      en: 'Choose the folder that holds a folder of images for each class.',
      zh: '请选择其中每个类别各有一个图像文件夹的文件夹。',
    },
  },
  'image-folder-one-class': {
    text: {
      en: 'All images in "{folder}" are of the one class "{class}", so there is nothing to tell apart.',
      zh: '“{folder}”中的图像都属于同一类别“{class}”，没有可区分的内容。',
    },
    fix: {
      en: 'Choose the folder above it, with a folder of images for each class.',
      zh: '请选择上一级文件夹，其中每个类别各有一个图像文件夹。',
    },
  },
  'image-folder-mixed': {
    text: {
      en: 'Images that lie beside the folders of classes belong to no class and are left out: {count} ({files}).',
      zh: '与类别文件夹并列的图像不属于任何类别，已略去：{count} 个（{files}）。',
    },
    fix: { en: 'Move them into the folder of their class.', zh: '请将它们移入所属类别的文件夹。' },
  },
  'images-empty': {
    text: {
      en: 'Files without a single byte are set aside: {count} ({files}).',
      zh: '已搁置空文件：{count} 个（{files}）。',
    },
    fix: setAside,
  },
  'images-not-an-image': {
    text: {
      en: 'Files that hold no image, whatever their names say, are set aside: {count} ({files}).',
      zh: '已搁置内容并非图像的文件（无论其名称如何）：{count} 个（{files}）。',
    },
    fix: setAside,
  },
  'images-damaged': {
    text: {
      en: 'Images that are cut off or damaged are set aside: {count} ({files}).',
      zh: '已搁置不完整或损坏的图像：{count} 个（{files}）。',
    },
    fix: setAside,
  },
  'images-too-large': {
    text: {
      en: 'Images of more than {limit} million pixels are set aside: {count} ({files}).',
      zh: '已搁置超过 {limit} 百万像素的图像：{count} 个（{files}）。',
    },
    fix: {
      en: 'Scale them down, or leave them: the others are used.',
      zh: '请缩小它们；也可不处理，其余文件照常使用。',
    },
  },
  'images-none-readable': {
    text: { en: 'None of the images in "{folder}" could be read.', zh: '“{folder}”中的图像都无法读取。' },
    fix: { en: 'Choose another folder, or fetch the files again.', zh: '请选择其他文件夹，或重新获取这些文件。' },
  },
  'images-cannot-be-decoded': {
    text: {
      en: 'The library that reads images cannot be loaded here: {message}',
      zh: '无法在此加载读取图像的库：{message}',
    },
    fix: {
      en: 'Install the app anew, or run `npm install` in a checkout.',
      zh: '请重新安装应用，或在源码目录中运行 `npm install`。',
    },
  },
};
