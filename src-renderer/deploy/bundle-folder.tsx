import { useState } from 'react';
import type { Problem } from '../../src-shared/problem';
import { problemOf } from '../app/tell';
import { ask } from '../bridge/bridge';
import { useTranslate } from '../i18n/i18n';
import type { Tab } from '../store/workspace';
import { openBundleFolder } from './deploy-actions';
import { ProblemNote } from './problem-note';

/** An export that another document or machine made, by its folder: the system's dialog, else its path. */
export function BundleFolder({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const [isTyped, setTyped] = useState(false);
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const open = (folder: string) => {
    setProblem(undefined);
    openBundleFolder(tab.id, folder).catch((error: unknown) => setProblem(problemOf(error)));
  };
  const choose = async () => {
    const answer = await ask('dialog:folder', { title: t('deploy.folderPath'), folder: tab.base });
    if ('path' in answer) open(answer.path);
    else if ('unsupported' in answer) setTyped(true);
  };
  return (
    <div className="deploy-stack">
      {isTyped ? (
        <form
          className="deploy-row"
          onSubmit={(event) => {
            event.preventDefault();
            open(path);
          }}
        >
          <input
            className="input"
            aria-label={t('deploy.folderPath')}
            placeholder={t('deploy.folderPath')}
            value={path}
            onChange={({ target }) => setPath(target.value)}
          />
          <button type="submit" className="button" disabled={path.trim() === ''}>
            {t('deploy.open')}
          </button>
        </form>
      ) : (
        <button
          type="button"
          className="deploy-link"
          onClick={() => void choose().catch((e) => setProblem(problemOf(e)))}
        >
          {t('deploy.chooseFolder')}
        </button>
      )}
      {problem ? <ProblemNote problem={problem} /> : null}
    </div>
  );
}
