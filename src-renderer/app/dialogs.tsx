import { DeployDialog } from '../deploy/deploy-dialog';

export function Dialogs() {
  return (
    <div className="dialogs">
      <DeployDialog />
    </div>
  );
}
