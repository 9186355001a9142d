import { DeployDialog } from '../deploy/deploy-dialog';
import { PathPicker } from '../fields/path-picker';
import { ConnectDialog } from '../library/connect-dialog';
import { AboutDialog } from './about-dialog';
import { HelpDialog } from './help-dialog';
import { Palette } from './palette';
import { QuestionDialog } from './question-dialog';
import { SettingsDialog } from './settings-dialog';
import { ShortcutsDialog } from './shortcuts-dialog';
import { StartDialog } from './start-dialog';
import './settings.css';

/** Everything that opens over the window; each is shown by its name in `ui.dialog`. */
export function Dialogs() {
  return (
    <div className="dialogs">
      <DeployDialog />
      <ConnectDialog />
      <Palette />
      <StartDialog />
      <SettingsDialog />
      <HelpDialog />
      <ShortcutsDialog />
      <AboutDialog />
      <PathPicker />
      <QuestionDialog />
    </div>
  );
}
