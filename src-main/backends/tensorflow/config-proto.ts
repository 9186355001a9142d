import { Writer } from 'protobufjs/minimal.js';

export interface SessionOptions {
  /**
   * Threads of one op and ops at a time; 0 or absent: as many as the machine has. Of ops at a time the first session
   * of a process decides for all.
   */
  readonly threads?: { readonly intra?: number; readonly inter?: number };
  /** Computes convolutions and products in bfloat16 where the processor can; the weights stay float32. */
  readonly bfloat16?: boolean;
  /** Computes in float64: without fused kernels, of which some exist in float32 only. */
  readonly double?: boolean;
  /** Leaves the graphics card alone, where the library could use one. */
  readonly withoutGpu?: boolean;
}

const varint = (field: number) => field << 3;
const nested = (field: number) => (field << 3) | 2;

/** `tensorflow.ConfigProto` (tensorflow/core/protobuf/config.proto) for these options, in bytes. */
export function encodeConfig(options: SessionOptions): Uint8Array {
  const writer = Writer.create();
  // device_count: a map from text to int32.
  if (options.withoutGpu)
    writer.uint32(nested(1)).fork().uint32(nested(1)).string('GPU').uint32(varint(2)).int32(0).ldelim();
  if (options.threads?.intra) writer.uint32(varint(2)).int32(options.threads.intra);
  if (options.threads?.inter) writer.uint32(varint(5)).int32(options.threads.inter);
  // gpu_options.allow_growth: other programs need the GPU's memory too.
  writer.uint32(nested(6)).fork().uint32(varint(4)).bool(true).ldelim();
  // allow_soft_placement: what has no kernel for the card, such as texts, is computed on the processor.
  writer.uint32(varint(7)).bool(true);
  // graph_options.rewrite_options: auto_mixed_precision_onednn_bfloat16 = ON; remapping = OFF.
  if (options.bfloat16) writeRewrite(writer, 31, 1);
  if (options.double) writeRewrite(writer, 14, 2);
  return writer.finish();
}

function writeRewrite(writer: Writer, field: number, toggle: number): void {
  writer.uint32(nested(10)).fork().uint32(nested(10)).fork().uint32(varint(field)).int32(toggle).ldelim().ldelim();
}

/** `tensorflow.RunOptions` with inter_op_thread_pool = -1: the calling thread computes, no other is woken. */
export function encodeCallerRuns(): Uint8Array {
  return Writer.create().uint32(varint(3)).int32(-1).finish();
}
