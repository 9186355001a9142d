import { Canvas } from '../canvas/canvas';
import { Inspector } from '../inspector/inspector';
import { Library } from '../library/library';
import { BottomPanel } from '../panels/bottom-panel';
import { useUi } from '../store/ui';
import { useActiveTab } from '../store/workspace';
import { Dialogs } from './dialogs';
import { StartScreen } from './start-screen';
import { Toasts } from './toasts';
import { TopBar } from './top-bar';
import './app.css';

/** The window: bars and panels around the canvas of the document in front. */
export function App() {
  const tab = useActiveTab();
  const { isLibraryOpen, isInspectorOpen, isBottomOpen, isFocused } = useUi();
  return (
    <div className="app">
      <TopBar />
      {tab && isLibraryOpen && !isFocused ? <Library tab={tab} /> : null}
      <main className="main">
        {tab ? <Canvas key={tab.id} tab={tab} /> : <StartScreen />}
        {tab && isBottomOpen && !isFocused ? <BottomPanel tab={tab} /> : null}
      </main>
      {tab && isInspectorOpen && !isFocused ? <Inspector tab={tab} /> : null}
      <Dialogs />
      <Toasts />
    </div>
  );
}
