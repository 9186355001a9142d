import type { Initializer, State, StateId, Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { tensorType } from '../../ops/tensor';

/** A state beside a weight, of its shape, which starts at zero: `conv2d/kernel/momentum`. */
export function declareSlot(b: ProgramBuilder, { id, type }: State, role: string): { id: StateId; value: Value } {
  const slot = `${id}/${role}`;
  const value = b.declare({ id: slot, type, init: { type: 'zeros' }, kind: 'slot', trainable: false });
  return { id: slot, value };
}

/** A scalar that all weights share: `optimizer/beta1Power`. */
export function declareShared(b: ProgramBuilder, role: string, init: Initializer): { id: StateId; value: Value } {
  const id = `optimizer/${role}`;
  const value = b.declare({ id, type: tensorType('float32', []), init, kind: 'slot', trainable: false });
  return { id, value };
}
