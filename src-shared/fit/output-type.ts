import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import type { TensorType } from '../ops/tensor';

/** The type of a program's only output. */
export function outputTypeOf(program: Program): TensorType {
  const [output] = Object.values(program.outputs);
  if (!output) throw new Error('The program has no output.');
  return ProgramBuilder.from(program, lookupOp).typeOf(output);
}
