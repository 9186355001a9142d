import type { Problem } from '../../src-shared/problem';
import { usesAskedFor } from '../../src-shared/secret-use';
import { ask } from '../bridge/bridge';
import { translate } from '../i18n/i18n';
import { askPerson } from '../store/question';
import { problemOf } from './tell';

/**
 * Does something that may send a secret where nobody has agreed to: a person is asked, then it is tried again. Rejects
 * with the host's refusal where the answer is no.
 */
export async function askingForSecrets<T>(document: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const found = problemOf(error);
      const uses = usesAskedFor(found);
      if (uses.length === 0 || !(await isAgreed(document, found))) throw error;
      await ask('secret:allow', { uses });
    }
  }
}

async function isAgreed(document: string, { values = {} }: Problem): Promise<boolean> {
  const words = { document, secrets: String(values.secrets), host: String(values.host) };
  const answer = await askPerson({
    title: translate('app.secretUseTitle', words),
    text: translate('app.secretUseText', words),
    choices: [{ id: 'allow', label: translate('app.secretUseAllow', words), tone: 'danger' }],
  });
  return answer === 'allow';
}
