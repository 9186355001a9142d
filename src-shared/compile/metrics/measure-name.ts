/**
 * The name under which a loss or metric of one output is shown and watched: its own where the model has one output,
 * `accuracy/kind` where it has several. Of the validation rows: `valAccuracy/kind`.
 */
export function measureName(metric: string, output: string, outputs: number): string {
  return outputs > 1 ? `${metric}/${output}` : metric;
}

/** The same measure of the validation rows. */
export function validationName(measure: string): string {
  return `val${measure[0]?.toUpperCase()}${measure.slice(1)}`;
}

export interface Measure {
  /** `loss`, or the name of a metric in the catalogue. */
  readonly metric: string;
  /** Of which output, where the model has several. */
  readonly output?: string;
  readonly isValidation: boolean;
}

/** What a name says: `valAccuracy/kind`, or `val_accuracy` as Keras writes it. */
export function readMeasure(name: string): Measure {
  const [measure = '', ...rest] = name.split('/');
  const validation = /^val_?([A-Z]|(?<=_).)(.*)$/.exec(measure);
  const metric = validation ? `${validation[1]?.toLowerCase()}${validation[2] ?? ''}` : measure;
  const output = rest.join('/');
  return { metric, isValidation: validation !== null, ...(rest.length > 0 ? { output } : {}) };
}
