import { Canvas } from '../canvas/canvas';
import { Inspector } from '../inspector/inspector';
import { Library } from '../library/library';
import { BottomPanel } from '../panels/bottom-panel';
import { useUi } from '../store/ui';
import { type Tab, useActiveTab } from '../store/workspace';
import { Dialogs } from './dialogs';
import { DocumentNotice } from './document-notice';
import { StartScreen } from './start-screen';
import { Toasts } from './toasts';
import { TopBar } from './top-bar';
import './app.css';

/** The window: bars and panels around the canvas of the document in front. */
export function App() {
  const tab = useActiveTab();
  return (
    <div className="app">
      <TopBar />
      {tab ? <DocumentParts tab={tab} /> : <StartPage />}
      <Dialogs />
      <Toasts />
    </div>
  );
}

function DocumentParts({ tab }: { readonly tab: Tab }) {
  const isLibraryOpen = useUi((ui) => ui.isLibraryOpen && !ui.isFocused);
  const isInspectorOpen = useUi((ui) => ui.isInspectorOpen && !ui.isFocused);
  const isFocused = useUi((ui) => ui.isFocused);
  return (
    <>
      {isLibraryOpen ? <Library tab={tab} /> : null}
      <main className="main">
        <DocumentNotice tab={tab} />
        <Canvas key={tab.id} tab={tab} />
        {isFocused ? null : <BottomPanel tab={tab} />}
      </main>
      {isInspectorOpen ? <Inspector tab={tab} /> : null}
    </>
  );
}

function StartPage() {
  return (
    <main className="main">
      <StartScreen />
    </main>
  );
}
