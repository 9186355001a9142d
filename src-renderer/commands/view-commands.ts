import { changeSettings } from '../app/change-settings';
import { cycleRegions } from '../app/regions';
import { currentLanguage } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';
import { canvasView } from '../store/canvas-view';
import { type BottomTab, showBottomTab, type Ui, useUi } from '../store/ui';
import { hasDocument, hasNodes, pickedNodes } from './active';
import type { Command } from './define-command';

/** How the window looks: nothing here changes a document. */
export const viewCommands: readonly Command[] = [
  { ...onCanvas('view.fitAll', '1'), title: 'commands.view_fitAll', run: () => canvasView()?.fit() },
  {
    ...onCanvas('view.fitSelection', '.'),
    title: 'commands.view_fitSelection',
    isEnabled: () => hasNodes(),
    run: () => canvasView()?.fit(pickedNodes()),
  },
  { ...onCanvas('view.zoomReset', '0'), title: 'commands.view_zoomReset', run: () => canvasView()?.zoom('reset') },
  { ...onCanvas('view.zoomIn', 'Mod+='), title: 'commands.view_zoomIn', run: () => canvasView()?.zoom('in') },
  { ...onCanvas('view.zoomOut', 'Mod+-'), title: 'commands.view_zoomOut', run: () => canvasView()?.zoom('out') },
  { ...onCanvas('view.focusMode', 'F'), title: 'commands.view_focusMode', run: () => toggle('isFocused') },
  { ...panel('view.library', 'Alt+1'), title: 'commands.view_library', run: () => toggle('isLibraryOpen') },
  { ...panel('view.inspector', 'Alt+2'), title: 'commands.view_inspector', run: () => toggle('isInspectorOpen') },
  { ...panel('view.results', 'Alt+3'), title: 'commands.view_results', run: () => toggle('isBottomOpen') },
  {
    ...panel('view.outline', 'Shift+O'),
    scope: 'canvas',
    title: 'commands.view_outline',
    run: () => useUi.setState({ libraryTab: 'outline', isLibraryOpen: true, isFocused: false }),
  },
  showing('preview', 'commands.view_preview'),
  showing('metrics', 'commands.view_metrics'),
  showing('runs', 'commands.view_runs'),
  showing('problems', 'commands.view_problems'),
  { ...showing('log', 'commands.view_log'), keys: ['Mod+`'], scope: 'window' },
  {
    id: 'view.nextRegion',
    title: 'commands.view_nextRegion',
    keys: ['F6'],
    scope: 'window',
    run: () => cycleRegions(1),
  },
  {
    id: 'view.previousRegion',
    title: 'commands.view_previousRegion',
    keys: ['Shift+F6'],
    scope: 'window',
    run: () => cycleRegions(-1),
  },
  { id: 'view.theme', title: 'commands.view_theme', scope: 'window', run: switchTheme },
  {
    id: 'view.language',
    title: 'commands.view_language',
    scope: 'window',
    run: () => changeSettings({ language: currentLanguage() === 'zh' ? 'en' : 'zh' }),
  },
];

function onCanvas(id: string, keys: string): Pick<Command, 'id' | 'keys' | 'scope' | 'isEnabled'> {
  return { id, keys: [keys], scope: 'canvas', isEnabled: hasDocument };
}

function panel(id: string, keys: string): Pick<Command, 'id' | 'keys' | 'scope' | 'isEnabled'> {
  return { id, keys: [keys], scope: 'window', isEnabled: hasDocument };
}

function showing(tab: BottomTab, title: MessageKey): Command {
  return {
    id: `view.${tab}`,
    title,
    scope: 'document',
    isEnabled: hasDocument,
    run: () => {
      useUi.setState({ isFocused: false });
      showBottomTab(tab);
    },
  };
}

type Switch = 'isFocused' | 'isLibraryOpen' | 'isInspectorOpen' | 'isBottomOpen';

/** A panel that is opened is to be seen. */
function toggle(name: Switch): void {
  useUi.setState((ui: Ui) => {
    const isOn = ui.isFocused && name !== 'isFocused' ? true : !ui[name];
    return name === 'isFocused' ? { isFocused: isOn } : { [name]: isOn, isFocused: false };
  });
}

/** To the one that is not seen now. */
function switchTheme(): Promise<void> {
  return changeSettings({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' });
}
