/** A request that cannot be answered: the status and a sentence for whoever sent it. */
export class HttpProblem extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = 'HttpProblem';
    this.status = status;
  }
}

export function refuse(sentence: string, status = 400): never {
  throw new HttpProblem(status, sentence);
}
