/**
 * The memory of tfjs's WASM backend, seen from outside: where its tensors lie, and room beside them.
 *
 * This is the one file that knows the insides of `@tensorflow/tfjs-backend-wasm` 4.22.0.
 *
 * @module
 */
import { tf } from "../tf.ts";

/** What is used of the backend's insides. */
interface _WasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  incRef(id: object): void;
  readonly dataIdMap: { get(id: object): { readonly memoryOffset: number | null } };
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
}

/** The heap of the WASM backend. Addresses count bytes from its beginning. */
export class WasmHeap {
  readonly #backend: _WasmBackend;
  #scratch = 0;
  #scratchBytes = 0;

  /**
   * Opens the heap; the backend must have been started.
   *
   * @throws {Error} If the backend is absent, or keeps its memory elsewhere than this version does.
   */
  constructor() {
    const backend = tf.findBackend("wasm") as unknown as _WasmBackend | null;
    if (!((backend?.wasm?.asm?.memory as unknown) instanceof WebAssembly.Memory)) {
      throw new Error("Cannot open the heap of the wasm backend: it shows no memory");
    }
    this.#backend = backend!;
  }

  /** The memory itself; its `buffer` is replaced when it grows. */
  get memory(): WebAssembly.Memory {
    return this.#backend.wasm.asm.memory;
  }

  /**
   * Where a tensor's numbers begin.
   *
   * @param tensor A tensor on the backend.
   * @returns The address.
   */
  address(tensor: tf.TensorInfo): number {
    const { memoryOffset } = this.#backend.dataIdMap.get(tensor.dataId);
    if (memoryOffset === null) throw new TypeError("Cannot compute with a tensor of strings");
    return memoryOffset;
  }

  /**
   * A new tensor, its numbers undefined.
   *
   * @param shape Its shape.
   * @returns The tensor, of type float32.
   */
  output(shape: readonly number[]): tf.TensorInfo {
    return this.#backend.makeOutput([...shape], "float32");
  }

  /**
   * A second tensor over the numbers of the first, which are freed when both are.
   *
   * @param tensor The first.
   * @returns The second.
   */
  share({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    this.#backend.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /**
   * Room for numbers that nobody needs after the kernel: the same room for every kernel.
   *
   * @param floats How many numbers.
   * @returns The address, a multiple of 64.
   */
  scratch(floats: number): number {
    const bytes = 4 * floats + 64;
    if (bytes > this.#scratchBytes) {
      if (this.#scratch !== 0) this.#backend.wasm._free(this.#scratch);
      // Nothing is held while the heap is asked for more, lest a refusal leave freed room in use.
      this.#scratch = this.#scratchBytes = 0;
      const more = Math.ceil(1.25 * bytes);
      this.#scratch = this.allocate(more);
      this.#scratchBytes = more;
    }
    return (this.#scratch + 63) & ~63;
  }

  /**
   * Room that is kept as long as the backend.
   *
   * @param bytes How many bytes.
   * @returns The address.
   * @throws {RangeError} If the heap has no room left.
   */
  allocate(bytes: number): number {
    const address = this.#backend.wasm._malloc(bytes);
    if (address === 0) {
      throw new RangeError(`Cannot allocate ${bytes} bytes: the heap of the wasm backend is full`);
    }
    return address;
  }

  /**
   * Keeps integers as long as the backend, for tables.
   *
   * @param values The integers.
   * @returns Their address.
   */
  keep(values: Int32Array): number {
    const address = this.allocate(values.byteLength);
    new Int32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  /**
   * A tensor's numbers, as they lie in the heap. Valid until the next allocation.
   *
   * @param tensor A tensor of type float32 on the backend.
   * @returns The numbers; writing to them changes the tensor.
   */
  view(tensor: tf.TensorInfo): Float32Array {
    const size = tf.util.sizeFromShape([...tensor.shape]);
    return new Float32Array(this.memory.buffer, this.address(tensor), size);
  }

  /**
   * The integers of a tensor, as they lie in the heap. Valid until the next allocation.
   *
   * @param tensor A tensor of type int32 on the backend.
   * @returns The integers.
   */
  integers(tensor: tf.TensorInfo): Int32Array {
    const size = tf.util.sizeFromShape([...tensor.shape]);
    return new Int32Array(this.memory.buffer, this.address(tensor), size);
  }
}
