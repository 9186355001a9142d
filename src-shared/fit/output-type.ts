import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import type { TensorType } from '../ops/tensor';

/** The types of a program's outputs, by name. */
export function outputTypesOf(program: Program): Readonly<Record<string, TensorType>> {
  const typed = ProgramBuilder.from(program, lookupOp);
  return Object.fromEntries(Object.entries(program.outputs).map(([name, ref]) => [name, typed.typeOf(ref)]));
}
