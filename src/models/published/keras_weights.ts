/**
 * Reading the weights out of Keras's HDF5 files.
 *
 * It stands apart from `mod.ts`, because it brings a package of 14 MB: import this file itself.
 *
 * @module
 */
import { Dataset, File, Group, ready } from "npm:h5wasm@0.10.3";
import type { NamedWeights, WeightTensor } from "./types.ts";

export type { NamedWeights, WeightTensor } from "./types.ts";

/**
 * Weights from a Keras HDF5 file (`model.save("x.h5")` or `model.save_weights("x.h5")` of Keras 2).
 *
 * The file lists its layers in the attribute `layer_names` and the weights of each in
 * `weight_names`; both lists give the order here. The names are paths from the layer on, for example
 * `encoder/conv2d/kernel:0`.
 *
 * @param bytes Content of the file.
 * @returns The tensors by name; what an optimiser has kept beside is left out.
 * @throws {TypeError} If it is no HDF5 file, no Keras file, or its weights are not float32.
 *
 * @example
 * ```ts
 * import { readKerasWeights } from "./keras_weights.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => readKerasWeights(new TextEncoder().encode("conv2d,kernel")),
 *   TypeError,
 *   "Cannot read Keras weights: content must be an HDF5 file",
 * );
 * ```
 */
export async function readKerasWeights(bytes: Uint8Array): Promise<NamedWeights> {
  if (!_isHdf5(bytes)) throw new TypeError(`${_CANNOT}: content must be an HDF5 file`);
  const { FS } = await ready;
  // The package works on files of its own, in memory; nothing here awaits while this one is there.
  FS.writeFile(_FILE, bytes);
  const file = new File(_FILE, "r");
  try {
    return _weightsOf(file);
  } finally {
    file.close();
    FS.unlink(_FILE);
  }
}

const _CANNOT = "Cannot read Keras weights";
const _FILE = "weights.h5";

/** An HDF5 file begins with its signature; checked here because the package prints errors itself. */
function _isHdf5(bytes: Uint8Array): boolean {
  return [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, k) => bytes[k] === byte);
}

function _weightsOf(file: File): NamedWeights {
  // A saved model keeps its weights in a group, a file of weights in its root.
  const root = file.keys().includes("model_weights") ? _group(file, "model_weights") : file;
  const weights = new Map<string, WeightTensor>();
  for (const layer of _names(root, "layer_names")) {
    const group = _group(root, layer);
    for (const name of _names(group, "weight_names")) {
      weights.set(`${layer}/${name}`, _tensor(group.get(name), name));
    }
  }
  return weights;
}

function _group(parent: Group, name: string): Group {
  const group = parent.get(name);
  if (group instanceof Group) return group;
  throw new TypeError(
    `${_CANNOT}: file must have a group for each layer, there is none of ${name}`,
  );
}

function _names(group: Group, attribute: string): string[] {
  if (group.attrs[attribute] === undefined) {
    throw new TypeError(
      `${_CANNOT}: file must be one of Keras, there is no list of ${attribute} in ${group.path}`,
    );
  }
  const names: unknown = group.attrs[attribute].value;
  // An empty list is written as numbers.
  return Array.isArray(names) ? names.map(String) : [];
}

function _tensor(dataset: unknown, name: string): WeightTensor {
  if (!(dataset instanceof Dataset)) {
    throw new TypeError(`${_CANNOT}: file must hold the weights it lists, there is no ${name}`);
  }
  const { shape, value } = dataset;
  if (shape === null || !(value instanceof Float32Array)) {
    throw new TypeError(
      `${_CANNOT}: ${name} must be float32, current value is ${dataset.dtype}`,
    );
  }
  return { shape: [...shape], values: value.slice() };
}
