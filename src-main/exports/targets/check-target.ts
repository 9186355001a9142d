import type { Problem } from '../../../src-shared/problem';
import { type DeployRequest, openState } from './deploy';
import { deployProblem, type Reach, stepContext } from './deploy-context';
import { refuseNewUses } from './secret-uses';
import { Secrets } from './secrets';

const what = { en: 'Test the connection', zh: '测试连接' };

/** Whether a target works with these settings: they are checked, then it is asked one harmless question. */
export async function checkTargetAnswers(request: DeployRequest, reach: Reach): Promise<readonly Problem[]> {
  const { target, config, bundle } = request;
  const settings = { config, env: reach.env };
  const problems = target.validate(settings);
  if (problems.length > 0) return problems;
  refuseNewUses(target, settings, reach.allowed);
  const secrets = new Secrets(reach.env);
  const state = await openState(request, reach);
  try {
    await target.test(bundle.name, settings, stepContext(reach, { state, secrets, what, onProgress: () => undefined }));
    return [];
  } catch (error) {
    reach.signal.throwIfAborted();
    return [secrets.redactProblem(deployProblem(error))];
  }
}
