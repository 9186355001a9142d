import type { ProblemText } from './sentences';

export const documentProblems: Readonly<Record<string, ProblemText>> = {};
