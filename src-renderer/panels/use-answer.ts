import { useEffect, useState } from 'react';
import type { AnswerOf, AskOf, RequestName } from '../../src-shared/ipc';
import type { Problem } from '../../src-shared/problem';
import { problemOf } from '../app/tell';
import { ask } from '../bridge/bridge';

/** What the host said, of which ask. While it is asked anew the answer before stays. */
export interface Answered<N extends RequestName> {
  readonly of?: AskOf<N>;
  readonly value?: AnswerOf<N>;
  readonly problem?: Problem;
  readonly isLoading: boolean;
}

/** Asks the host whenever `wanted` is another object (`useKept`); answers to older asks are dropped. */
export function useAnswer<N extends RequestName>(name: N, wanted: AskOf<N> | undefined, delay = 0): Answered<N> {
  const [answered, setAnswered] = useState<Answered<N>>({ isLoading: wanted !== undefined });
  useEffect(() => {
    if (wanted === undefined) {
      setAnswered({ isLoading: false });
      return;
    }
    let isCurrent = true;
    setAnswered((before) => ({ ...before, isLoading: true }));
    const timer = setTimeout(async () => {
      const answer = await answerTo(name, wanted);
      if (isCurrent) setAnswered(answer);
    }, delay);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [name, wanted, delay]);
  return answered;
}

async function answerTo<N extends RequestName>(name: N, wanted: AskOf<N>): Promise<Answered<N>> {
  try {
    return { of: wanted, value: await ask(name, wanted), isLoading: false };
  } catch (error) {
    return { of: wanted, problem: problemOf(error), isLoading: false };
  }
}
