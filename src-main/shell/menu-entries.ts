import type { MenuItemConstructorOptions } from 'electron';
import type { Text } from '../../src-shared/text';

/** An entry of a menu: a command of the window, a thing that the system does, or a line. */
export type MenuEntry =
  | { readonly label: Text; readonly command: string; readonly keys?: string; readonly macRole?: Role }
  | { readonly label: Text; readonly role: Role; readonly isForDevelopers?: true }
  | { readonly label: Text; readonly action: 'quit' | 'open-crash-folder' }
  | 'line';
type Role = NonNullable<MenuItemConstructorOptions['role']>;

export interface MenuList {
  readonly label: Text;
  readonly entries: readonly MenuEntry[];
}

/**
 * The menu bar. Keys are written as commands write them (`Mod` is Ctrl, on macOS Cmd). The clipboard's roles give the
 * page the events that its keys give. Where macOS has a role it does the work, because fields get its keys through the
 * menu only.
 */
export const menus: readonly MenuList[] = [
  {
    label: { en: 'File', zh: '文件' },
    entries: [
      { label: { en: 'New', zh: '新建' }, command: 'file.new', keys: 'Mod+N' },
      { label: { en: 'Open…', zh: '打开…' }, command: 'file.open', keys: 'Mod+O' },
      { label: { en: 'Open recent…', zh: '打开最近使用的文件…' }, command: 'file.openRecent' },
      'line',
      { label: { en: 'Save', zh: '保存' }, command: 'file.save', keys: 'Mod+S' },
      { label: { en: 'Save as…', zh: '另存为…' }, command: 'file.saveAs', keys: 'Mod+Shift+S' },
      'line',
      { label: { en: 'New window', zh: '新建窗口' }, command: 'window.new', keys: 'Mod+Shift+N' },
      { label: { en: 'Close window', zh: '关闭窗口' }, role: 'close' },
      { label: { en: 'Quit', zh: '退出' }, action: 'quit' },
    ],
  },
  {
    label: { en: 'Edit', zh: '编辑' },
    entries: [
      { label: { en: 'Undo', zh: '撤销' }, command: 'edit.undo', keys: 'Mod+Z', macRole: 'undo' },
      { label: { en: 'Redo', zh: '重做' }, command: 'edit.redo', keys: 'Mod+Shift+Z', macRole: 'redo' },
      'line',
      { label: { en: 'Cut', zh: '剪切' }, role: 'cut' },
      { label: { en: 'Copy', zh: '复制' }, role: 'copy' },
      { label: { en: 'Paste', zh: '粘贴' }, role: 'paste' },
      { label: { en: 'Select all', zh: '全选' }, command: 'edit.selectAll', keys: 'Mod+A', macRole: 'selectAll' },
    ],
  },
  {
    label: { en: 'View', zh: '视图' },
    entries: [
      { label: { en: 'Zoom in', zh: '放大' }, command: 'view.zoomIn' },
      { label: { en: 'Zoom out', zh: '缩小' }, command: 'view.zoomOut' },
      { label: { en: 'Fit all', zh: '显示全部' }, command: 'view.fitAll' },
      'line',
      { label: { en: 'Full screen', zh: '全屏' }, role: 'togglefullscreen' },
      { label: { en: 'Developer tools', zh: '开发者工具' }, role: 'toggleDevTools', isForDevelopers: true },
    ],
  },
  {
    label: { en: 'Run', zh: '运行' },
    entries: [
      { label: { en: 'Run', zh: '运行' }, command: 'run.start', keys: 'Mod+Enter' },
      { label: { en: 'Stop', zh: '停止' }, command: 'run.stop', keys: 'Mod+Alt+Enter' },
    ],
  },
  {
    label: { en: 'Help', zh: '帮助' },
    entries: [
      { label: { en: 'Keyboard shortcuts', zh: '键盘快捷键' }, command: 'help.shortcuts' },
      { label: { en: 'About Modelyard', zh: '关于 Modelyard' }, command: 'help.about' },
      { label: { en: 'Open crash folder', zh: '打开崩溃报告文件夹' }, action: 'open-crash-folder' },
    ],
  },
];

/** Keys as Electron writes them, or undefined where it has no word for them. */
export function accelerator(keys: string | undefined): string | undefined {
  if (!keys || !/^((Mod|Ctrl|Alt|Shift|Meta)\+)*([A-Z0-9]|F\d{1,2}|Enter|Space|Delete|Backspace|Tab)$/.test(keys))
    return undefined;
  return keys.replace('Mod', 'CmdOrCtrl');
}
