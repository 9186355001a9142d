export const panels = {
  fixSpace: { en: 'Open settings', zh: '打开设置' },
  fixConnect: { en: 'Connect…', zh: '连接…' },
  fixFile: { en: 'Find the file…', zh: '查找文件…' },
  fixInsert: { en: 'Put “{title}” in between', zh: '在中间插入“{title}”' },
  fixSet: { en: 'Set {label} to {to}', zh: '将“{label}”设为 {to}' },
  fixSetOf: { en: 'Set {label} of {name} to {to}', zh: '将 {name} 的“{label}”设为 {to}' },
  fixEmpty: { en: 'Leave {label} empty', zh: '将“{label}”留空' },
} as const;
