import type { ProblemText } from './sentences';

export const dataProblems: Readonly<Record<string, ProblemText>> = {};
