import { useId, useState } from 'react';
import { setSeed } from '../../src-shared/document/edit-nodes';
import { type Problem, problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import { NumberInput } from '../fields/number-input';
import { ProblemLine } from '../fields/problem-line';
import { countText } from '../i18n/format';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useAllProblems } from '../panels/problems/use-all-problems';
import { useAnalysis } from '../store/analysis';
import { showBottomTab } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';

/** The document itself, while nothing is selected. */
export function DocumentView({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const language = useLanguage();
  const { nodes, edges, notes } = useDocument(tab.editor);
  const analysis = useAnalysis((all) => all[tab.id]);
  const problems = useAllProblems(tab).length;
  const facts = [
    [t('inspector.nodes'), Object.keys(nodes).length],
    [t('inspector.wires'), Object.keys(edges).length],
    [t('inspector.notes'), Object.keys(notes).length],
  ] as const;
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-title">{tab.name}</h2>
        <p className="muted small inspector-path" title={tab.path}>
          {tab.path ?? t('inspector.neverSaved')}
        </p>
      </header>
      {tab.readOnly ? <ReadOnly problem={tab.readOnly} /> : null}
      {tab.problems.map((found) => (
        <ProblemLine key={JSON.stringify(found)} problem={found} />
      ))}
      <dl className="inspector-facts">
        {facts.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="mono">{countText(count, language)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('inspector.problems')}</dt>
          <dd>
            <button type="button" className="link mono" onClick={() => showBottomTab('problems')}>
              {countText(problems, language)}
            </button>
          </dd>
        </div>
      </dl>
      <Seed tab={tab} />
      {analysis?.isReading ? <p className="muted small">{t('inspector.reading')}</p> : null}
      <p className="muted small">{t('inspector.selectSomething')}</p>
    </>
  );
}

function ReadOnly({ problem: found }: { readonly problem: Problem }) {
  const { text, fix } = explainProblem(found, useLanguage());
  return (
    <div className="inspector-read-only small">
      <p>{text}</p>
      {fix ? <p>{fix}</p> : null}
    </div>
  );
}

function Seed({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const id = useId();
  const { seed } = useDocument(tab.editor).settings;
  const [refused, setRefused] = useState<{ readonly problem: Problem; readonly of: number }>();
  const refusal = refused?.of === seed ? refused.problem : undefined;
  const refuse = (found: Problem | undefined) => {
    setRefused(found && { problem: found, of: seed });
    return found === undefined;
  };
  return (
    <div className="param-row">
      <div className="param-label">
        <label htmlFor={id}>{t('inspector.seed')}</label>
      </div>
      <div className="param-control">
        <NumberInput
          id={id}
          value={seed}
          isInt
          min={0}
          max={2 ** 32 - 1}
          isDisabled={tab.readOnly !== undefined}
          isInvalid={refusal !== undefined}
          describedBy={`${id}-help`}
          onCommit={(value) => refuse(tab.editor.edit('seed.set', (document) => setSeed(document, value)))}
          onWrong={(text) => refuse(problem('seed-invalid', { value: text }))}
        />
      </div>
      <p className="muted small inspector-seed-help" id={`${id}-help`}>
        {t('inspector.seedHelp')}
      </p>
      {refusal ? (
        <div className="param-problems" role="alert">
          <ProblemLine problem={refusal} />
        </div>
      ) : null}
    </div>
  );
}
