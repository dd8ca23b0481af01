import { tf } from "../tf.ts";
import type { WasmHeap } from "./heap.ts";
import { type KernelCall, type KernelMaker, runStock } from "./kernel.ts";
import type { KernelPack } from "./pack.ts";
import type { MatrixView, Products } from "./products.ts";
import { convTaps, type Taps } from "./taps.ts";

/** Height and width of the pack's tiles, and the images that its kernel gradient packs at a time. */
const ROWS = 4, LANES = 8, IMAGES = 64;

/**
 * Numbers in an image, before or after, up to which it is convolved here: eight images must fit into a
 * cache. Beyond that the stock kernel computes the output.
 */
const MOST_NUMBERS = 1 << 15;

/** From how many products of channels on a product by a library is worth its call. */
const LEAST_FOR_LIBRARY = 128;

/** The taps of a geometry, with their addresses in the heap. */
interface _StoredTaps {
  readonly taps: Taps;
  readonly byOutput: { readonly starts: number; readonly pairs: number };
  readonly byInput: { readonly starts: number; readonly pairs: number };
  readonly byTap: { readonly starts: number; readonly pairs: number };
}

/** A convolution as tfjs describes it, with its taps. */
interface _Convolution {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly stored: _StoredTaps;
  readonly images: number;
  /** Positions of the input, channels, positions of the output, filters, taps of the kernel. */
  readonly inputs: number;
  readonly channels: number;
  readonly outputs: number;
  readonly filters: number;
  readonly taps: number;
}

/**
 * The kernels of two-dimensional convolutions and their gradients: `Conv2D`, `Conv2DBackpropInput`
 * (also the transposed convolution) and `Conv2DBackpropFilter`, which tfjs lacks on WASM.
 *
 * @param heap The heap.
 * @param pack The kernel pack.
 * @param library Products of a library: convolutions of many channels then are products of rows of the
 * image and rows of the kernel, in place.
 * @returns Makers by kernel name.
 */
export function convKernels(
  heap: WasmHeap,
  pack: KernelPack,
  library?: Products,
): Record<string, KernelMaker> {
  const stored = new Map<string, _StoredTaps>();
  const describe = (
    call: KernelCall,
    inShape: number[],
    filterShape: number[],
  ): _Convolution | undefined => _describe(heap, stored, call, inShape, filterShape);
  const forLibrary = (c: _Convolution) =>
    library !== undefined && c.channels * c.filters >= LEAST_FOR_LIBRARY ? library : undefined;

  const conv2d: KernelMaker = (stock) => (call) => {
    const { x, filter } = call.inputs;
    const c = describe(call, x.shape, filter.shape);
    if (c === undefined) return runStock("Conv2D", stock, call);
    const out = heap.output(c.info.outShape);
    const [xAt, wAt, outAt] = [x, filter, out].map((tensor) => heap.address(tensor));
    const products = forLibrary(c);
    if (products !== undefined) {
      _convolveByRuns(products, c, xAt, wAt, outAt);
      return out;
    }
    const { starts, pairs } = c.stored.byOutput;
    // deno-fmt-ignore
    pack.convolve(
      c.images, c.inputs, c.channels, c.outputs, c.filters, c.taps, starts, pairs, xAt, wAt, c.filters, 1,
      outAt, _convolveScratch(heap, c.taps * c.channels, c.filters, c.inputs * c.channels),
    );
    return out;
  };

  const backpropInput: KernelMaker = (stock) => (call) => {
    const { dy, filter } = call.inputs;
    const c = describe(call, call.attrs.inputShape, filter.shape);
    if (c === undefined) return runStock("Conv2DBackpropInput", stock, call);
    const dx = heap.output(c.info.inShape);
    const [dyAt, wAt, dxAt] = [dy, filter, dx].map((tensor) => heap.address(tensor));
    const products = forLibrary(c);
    if (products !== undefined) {
      heap.view(dx).fill(0);
      _inputGradientByRuns(products, c, dyAt, wAt, dxAt);
      return dx;
    }
    const { starts, pairs } = c.stored.byInput;
    // deno-fmt-ignore
    pack.convolve(
      c.images, c.outputs, c.filters, c.inputs, c.channels, c.taps, starts, pairs, dyAt, wAt, 1, c.filters,
      dxAt, _convolveScratch(heap, c.taps * c.filters, c.channels, c.outputs * c.filters),
    );
    return dx;
  };

  const backpropFilter: KernelMaker = (stock) => (call) => {
    const { x, dy } = call.inputs;
    const c = describe(call, x.shape, call.attrs.filterShape);
    if (c === undefined) return runStock("Conv2DBackpropFilter", stock, call);
    const dw = heap.output(c.info.filterShape);
    const [xAt, dyAt, dwAt] = [x, dy, dw].map((tensor) => heap.address(tensor));
    const products = forLibrary(c);
    if (products !== undefined) {
      heap.view(dw).fill(0);
      _filterGradientByRuns(products, c, xAt, dyAt, dwAt);
      return dw;
    }
    if (c.channels === 1) {
      const { starts, pairs } = c.stored.byOutput;
      // deno-fmt-ignore
      pack.convolve_kernel_gradient_one_channel(
        c.images, c.inputs, c.outputs, c.filters, c.taps, starts, pairs, xAt, dyAt, dwAt,
        heap.scratch(IMAGES * (_roundUp(c.taps, ROWS) + LANES)),
      );
      return dw;
    }
    const { starts, pairs } = c.stored.byTap;
    const scratch = heap.scratch(
      IMAGES *
        (c.inputs * _roundUp(c.channels, ROWS) + c.outputs * _roundUp(c.filters, LANES)),
    );
    // deno-fmt-ignore
    pack.convolve_kernel_gradient(
      c.images, c.inputs, c.channels, c.outputs, c.filters, c.taps, starts, pairs, xAt, dyAt, dwAt, scratch,
    );
    return dw;
  };

  return {
    Conv2D: conv2d,
    Conv2DBackpropInput: backpropInput,
    Conv2DBackpropFilter: backpropFilter,
  };
}

function _convolveScratch(
  heap: WasmHeap,
  depth: number,
  outputs: number,
  numbers: number,
): number {
  return heap.scratch(depth * _roundUp(outputs, ROWS) + numbers * LANES);
}

function _roundUp(n: number, to: number): number {
  return Math.ceil(n / to) * to;
}

/** The convolution of a call, or `undefined` when the stock kernel shall do it. */
function _describe(
  heap: WasmHeap,
  cache: Map<string, _StoredTaps>,
  call: KernelCall,
  inShape: number[],
  filterShape: number[],
): _Convolution | undefined {
  const { strides, pad, dilations, dataFormat, dimRoundingMode } = call.attrs;
  if (dataFormat === "NCHW" || inShape[3] !== filterShape[2]) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  );
  const inputs = info.inHeight * info.inWidth, outputs = info.outHeight * info.outWidth;
  const channels = info.inChannels, filters = info.outChannels;
  if (Math.max(inputs * channels, outputs * filters) > MOST_NUMBERS) return undefined;
  const geometry = {
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
  const key = Object.values(geometry).join();
  let stored = cache.get(key);
  if (stored === undefined) {
    const taps = convTaps(geometry);
    const keep = ({ starts, pairs }: Taps["byTap"]) => ({
      starts: heap.keep(starts),
      pairs: heap.keep(pairs),
    });
    stored = {
      taps,
      byOutput: keep(taps.byOutput),
      byInput: keep(taps.byInput),
      byTap: keep(taps.byTap),
    };
    cache.set(key, stored);
  }
  return {
    info,
    stored,
    images: info.batchSize,
    inputs,
    channels,
    outputs,
    filters,
    taps: info.filterHeight * info.filterWidth,
  };
}

/*
 * With a library: images are the rows of the matrices, and a run of taps over a row of the image is a
 * product of a slice of the images and a slice of the kernel, both as they lie in memory.
 */

function _convolveByRuns(
  products: Products,
  c: _Convolution,
  x: number,
  w: number,
  out: number,
): void {
  let last = -1;
  for (const { output, input, tap, length } of c.stored.taps.runs) {
    const depth = length * c.channels;
    products.multiply(
      c.images,
      c.filters,
      depth,
      _slice(x, input, c.channels, c.inputs),
      _kernelSlice(w, tap, c),
      _slice(out, output, c.filters, c.outputs),
      output === last,
    );
    last = output;
  }
}

function _inputGradientByRuns(
  products: Products,
  c: _Convolution,
  dy: number,
  w: number,
  dx: number,
): void {
  for (const { output, input, tap, length } of c.stored.taps.runs) {
    const { address } = _kernelSlice(w, tap, c);
    products.multiply(
      c.images,
      length * c.channels,
      c.filters,
      _slice(dy, output, c.filters, c.outputs),
      { address, row: 1, column: c.filters },
      _slice(dx, input, c.channels, c.inputs),
      true,
    );
  }
}

function _filterGradientByRuns(
  products: Products,
  c: _Convolution,
  x: number,
  dy: number,
  dw: number,
): void {
  for (const { output, input, tap, length } of c.stored.taps.runs) {
    const images = _slice(x, input, c.channels, c.inputs);
    products.multiply(
      length * c.channels,
      c.filters,
      c.images,
      { address: images.address, row: 1, column: images.row },
      _slice(dy, output, c.filters, c.outputs),
      _kernelSlice(dw, tap, c),
      true,
    );
  }
}

/** The numbers of all images from a position on. */
function _slice(
  address: number,
  position: number,
  channels: number,
  positions: number,
): MatrixView {
  return { address: address + 4 * position * channels, row: positions * channels, column: 1 };
}

function _kernelSlice(w: number, tap: number, c: _Convolution): MatrixView {
  return { address: w + 4 * tap * c.channels * c.filters, row: c.filters, column: 1 };
}
