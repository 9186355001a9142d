import type { ProblemText } from './sentences';

export const modelProblems: Readonly<Record<string, ProblemText>> = {};
