import type { Fix, Problem, ProblemValue } from '../problem';
import type { Language } from '../text';
import { dataProblems } from './data';
import { deployProblems } from './deploy';
import { documentProblems } from './document';
import { exportProblems } from './export';
import { expressionProblems } from './expressions';
import { fileProblems } from './files';
import { gpuProblems } from './gpu';
import { hostProblems } from './host';
import { imageProblems } from './images';
import { layerProblems } from './layers';
import { modelProblems } from './model';
import { objectiveProblems } from './objectives';
import { parquetProblems } from './parquet';
import { previewProblems } from './preview';
import type { ProblemText } from './problem-text';
import { queueProblems } from './queue';
import { systemProblems } from './system';
import { trainingProblems } from './training';
import { wordValues } from './value-words';

export const problemTexts: Readonly<Record<string, ProblemText>> = {
  ...documentProblems,
  ...dataProblems,
  ...expressionProblems,
  ...imageProblems,
  ...parquetProblems,
  ...modelProblems,
  ...objectiveProblems,
  ...layerProblems,
  ...exportProblems,
  ...deployProblems,
  ...previewProblems,
  ...queueProblems,
  ...hostProblems,
  ...fileProblems,
  ...systemProblems,
  ...gpuProblems,
  ...trainingProblems,
};

/** The sentence of a problem in the reader's language, with its fix. */
export function explainProblem(problem: Problem, language: Language): { text: string; fix?: string } {
  const entry = problemTexts[problem.code];
  if (!entry) return { text: `${problem.code} ${JSON.stringify(problem.values ?? {})}` };
  const values = { ...wordValues(problem.values, language), ...fixValues(problem.fix) };
  const text = fill(entry.text[language], values);
  return entry.fix ? { text, fix: fill(entry.fix[language], values) } : { text };
}

function fixValues(fix: Fix | undefined): Record<string, ProblemValue> {
  const { to, command } = fix ?? {};
  return { ...(to === undefined ? {} : { to }), ...(command === undefined ? {} : { command }) };
}

/** A sentence with its blanks `{name}` filled from values; lists are written as sizes are, `3 × 3`. */
export function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return Array.isArray(value) ? value.join(' × ') : String(value);
  });
}
