import type { ProblemText } from './sentences';

export const exportProblems: Readonly<Record<string, ProblemText>> = {};
