import { fail } from '../../src-shared/problem';
import type { NativeCallName, NativeCalls, NativeMessage, ToHost } from '../../src-shared/shell-link';

type NativeAnswer = Extract<ToHost, { kind: 'native-answer' }>;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Calls of the host to the shell, each answered by its id. */
export class ShellCalls {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  constructor(private readonly send: (message: NativeMessage) => void) {}

  /** @throws ProblemError `native-failed` */
  async call<N extends NativeCallName>(call: N, args: NativeCalls[N]['args']): Promise<NativeCalls[N]['value']> {
    const id = this.nextId++;
    const answered = new Promise<NativeCalls[N]['value']>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    // The union is by call; `call` and `args` belong together by the signature.
    this.send({ kind: 'native', id, call, args } as NativeMessage);
    return answered.catch((error: Error) => fail('native-failed', { reason: error.message }));
  }

  answered(answer: NativeAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    // Call and answer share an id, and both sides are of one version: the value has the type that was asked for.
    else waiting?.resolve(answer.value as never);
  }
}
