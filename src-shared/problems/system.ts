import type { ProblemText } from './sentences';

export const systemProblems: Readonly<Record<string, ProblemText>> = {};
