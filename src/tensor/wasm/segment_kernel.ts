import type { WasmHeap } from "./heap.ts";
import type { KernelMaker } from "./kernel.ts";

/**
 * `UnsortedSegmentSum`, the gradient of `tf.gather`, which tfjs lacks on WASM: out[s] is the sum of the
 * x[i] whose segment is s; negative segments are dropped.
 *
 * @param heap The heap.
 * @returns The kernel's maker.
 */
export function segmentSumKernel(heap: WasmHeap): KernelMaker {
  return () => ({ inputs: { x, segmentIds }, attrs: { numSegments } }) => {
    const out = heap.output([numSegments, ...x.shape.slice(1)]);
    const segments = heap.integers(segmentIds), from = heap.view(x);
    const to = heap.view(out).fill(0);
    const columns = from.length / segments.length;
    segments.forEach((segment, row) => {
      if (segment < 0) return;
      for (let c = 0; c < columns; c++) to[segment * columns + c] += from[row * columns + c];
    });
    return out;
  };
}
