import * as tf from '@tensorflow/tfjs-core';
import type { TfjsState } from '../../../src-shared/ops/define-op';
import type { StateId } from '../../../src-shared/ops/program';

/** Tensors that outlive a call. What an entry writes is seen by later effects of the entry, and kept by `commit`. */
export class SessionState implements TfjsState {
  private readonly tensors = new Map<StateId, tf.Tensor>();
  private readonly written = new Map<StateId, tf.Tensor>();

  read(id: StateId): tf.Tensor {
    const tensor = this.written.get(id) ?? this.tensors.get(id);
    if (!tensor) throw new Error(`The state ${id} has no value yet.`);
    return tensor;
  }

  write(id: StateId, value: tf.Tensor): void {
    this.written.get(id)?.dispose();
    this.written.set(id, tf.keep(value.clone()));
  }

  /** Takes over what was written; the old values are freed. */
  commit(): void {
    for (const [id, tensor] of this.written) {
      this.tensors.get(id)?.dispose();
      this.tensors.set(id, tensor);
    }
    this.written.clear();
  }

  /** Forgets what was written: an entry that fails changes nothing. */
  rollBack(): void {
    for (const tensor of this.written.values()) tensor.dispose();
    this.written.clear();
  }

  dispose(): void {
    this.rollBack();
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }
}
