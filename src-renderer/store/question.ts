import { create } from 'zustand';

/** Something that only the person can decide. */
export interface Question {
  readonly title: string;
  readonly text?: string;
  /** In reading order; the last one is the one that is meant. Cancel is always there. */
  readonly choices: readonly { readonly id: string; readonly label: string; readonly tone?: 'primary' | 'danger' }[];
}

export interface TextQuestion {
  readonly title: string;
  readonly label: string;
  readonly value: string;
}

export type Asked =
  | (Question & { readonly kind: 'choice'; readonly answer: (choice: string) => void })
  | (TextQuestion & { readonly kind: 'text'; readonly answer: (text: string | undefined) => void });

/** Questions that wait for an answer; the first one is shown. */
export const useQuestions = create<{ readonly waiting: readonly Asked[] }>(() => ({ waiting: [] }));

/** Asks, one question after the other; `cancel` where it is closed without a choice. */
export function askPerson(question: Question): Promise<string> {
  return new Promise((resolve) => {
    const asked: Asked = { ...question, kind: 'choice', answer: (choice) => done(asked, () => resolve(choice)) };
    add(asked);
  });
}

/** Asks for a line of text; undefined where it is closed without one. */
export function askText(question: TextQuestion): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked: Asked = { ...question, kind: 'text', answer: (text) => done(asked, () => resolve(text)) };
    add(asked);
  });
}

function add(asked: Asked): void {
  useQuestions.setState(({ waiting }) => ({ waiting: [...waiting, asked] }));
}

function done(asked: Asked, then: () => void): void {
  useQuestions.setState(({ waiting }) => ({ waiting: waiting.filter((each) => each !== asked) }));
  then();
}
