import { inputRefs, type Program, type Step } from '../../ops/program';
import type { TensorType } from '../../ops/tensor';

/** Words by input: code i is word i, `words.length` a word never seen, `words.length + 1` a missing one. */
export type Vocabularies = Readonly<Record<string, readonly string[]>>;

/**
 * Cuts the `lookup` steps, for runtimes without texts: their inputs become int32 codes under the same names, and
 * the caller looks the words up. Throws where one input is looked up in two vocabularies, which no recipe does.
 */
export function cutLookups(program: Program): { readonly program: Program; readonly vocabularies: Vocabularies } {
  const feeds = new Map(program.steps.filter(({ op }) => op === 'feed').map((step) => [step.id, step]));
  const vocabularies: Record<string, readonly string[]> = {};
  const inputs: Record<string, TensorType> = { ...program.inputs };
  const steps = program.steps.map((step) => {
    const source = step.op === 'lookup' ? feeds.get(inputRefs(step)[0]?.step ?? '') : undefined;
    if (!source) return step;
    const name = String(source.attrs.name);
    record(vocabularies, { name, words: step.attrs.vocabulary as readonly string[] });
    inputs[name] = { dtype: 'int32', shape: program.inputs[name]?.shape ?? ['batch'] };
    return { ...step, op: 'feed', inputs: {}, attrs: { ...source.attrs, dtype: 'int32' } };
  });
  return { program: { ...program, inputs, steps: dropTextFeeds(steps, vocabularies) }, vocabularies };
}

function record(
  vocabularies: Record<string, readonly string[]>,
  { name, words }: { readonly name: string; readonly words: readonly string[] },
): void {
  const known = vocabularies[name];
  if (known && JSON.stringify(known) !== JSON.stringify(words)) {
    throw new Error(`The input "${name}" is looked up in two vocabularies.`);
  }
  vocabularies[name] = words;
}

/** The texts themselves are no longer read, except by steps that are no lookup: those the exporter will refuse. */
function dropTextFeeds(steps: readonly Step[], vocabularies: Vocabularies): Step[] {
  const isText = (step: Step) =>
    step.op === 'feed' && step.attrs.dtype === 'string' && String(step.attrs.name) in vocabularies;
  const read = new Set(steps.flatMap((step) => inputRefs(step).map((ref) => ref.step)));
  return steps.filter((step) => !isText(step) || read.has(step.id));
}
