import type { DeployTarget } from '../../src-shared/deploy';
import type { Problem } from '../../src-shared/problem';
import { ParamForm } from '../fields/param-form';
import type { Tab } from '../store/workspace';
import { setConfig } from './deploy-actions';
import { configOf, type DeployPanel, useDeploy } from './deploy-store';

/** The settings of a target, made from its params, with what the host said of them. Secrets have a place of their own. */
export function TargetForm({ target: { params }, tab }: { readonly target: DeployTarget; readonly tab: Tab }) {
  const config = useDeploy(configOf);
  const panel = useDeploy();
  const plain = Object.entries(params).filter(([, { type }]) => type !== 'secret');
  const set = (name: string, value: unknown) => {
    setConfig({ ...config, [name]: value });
    return undefined;
  };
  return (
    <ParamForm
      declarations={Object.fromEntries(plain)}
      values={config}
      problems={problemsOf(panel)}
      onChange={set}
      context={{ document: tab.id, folder: tab.base, columns: [] }}
    />
  );
}

/** Of the last test or plan; settings that were changed since have taken both back. */
function problemsOf({ test, plan }: DeployPanel): readonly Problem[] {
  if (test?.state === 'ready') return test.value;
  return plan?.state === 'ready' ? plan.value.problems : [];
}
