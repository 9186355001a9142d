import type { TensorData } from '../../src-shared/ops/tensor';

/**
 * A feed with contents of its own, so that the caller may reuse the buffer. Image bytes come as Node's buffers, whose
 * `slice` gives the same memory again.
 */
export function copyFeed(feed: TensorData): TensorData {
  const { data } = feed;
  return { ...feed, data: data instanceof Uint8Array ? Uint8Array.from(data) : data.slice() };
}
