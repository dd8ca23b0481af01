/**
 * Layers among the tensors of a file, whatever the file wraps their names in.
 *
 * @module
 */
import type { NamedWeights, WeightTensor } from "./types.ts";

/** A layer: its tensors by role (`kernel`, `bias`, `gamma`, ...). */
export interface NamedLayer {
  /** Its path, as in the file: `decoder/dense/dense`. */
  readonly name: string;
  /** Its tensors by role. */
  readonly tensors: ReadonlyMap<string, WeightTensor>;
}

/**
 * Groups tensors by layer: the tensor `decoder/dense/dense/bias:0` is the `bias` of the layer
 * `decoder/dense/dense`.
 *
 * @param named Tensors of a file.
 * @returns The layers, in the file's order.
 */
export function namedLayers(named: NamedWeights): NamedLayer[] {
  const layers = new Map<string, Map<string, WeightTensor>>();
  for (const [name, tensor] of named) {
    // Keras numbers the outputs of a graph's nodes: ":0".
    const [, layer, role] = /^(?:(.*)\/)?([^/]*?)(?::\d+)?$/.exec(name)!;
    const tensors = layers.get(layer ?? "") ?? new Map<string, WeightTensor>();
    layers.set(layer ?? "", tensors.set(role, tensor));
  }
  return [...layers].map(([name, tensors]) => ({ name, tensors }));
}

/**
 * The one layer that is meant.
 *
 * @param layers Layers of a file.
 * @param isMeant Tells it from the others.
 * @param what Words for it, for the error.
 * @param doing What is being done, for the error.
 * @returns The layer.
 * @throws {TypeError} If there is none or more than one.
 */
export function onlyLayer(
  layers: readonly NamedLayer[],
  isMeant: (layer: NamedLayer) => boolean,
  what: string,
  doing: string,
): NamedLayer {
  const found = layers.filter(isMeant);
  if (found.length === 1) return found[0];
  const names = (found.length === 0 ? layers : found).map(({ name }) => name);
  throw new TypeError(
    `Cannot ${doing}: there must be one ${what}, current value is ${found.length} ` +
      `(${names.join(", ")})`,
  );
}

/**
 * The numbers of a layer's tensor.
 *
 * @param layer The layer.
 * @param role Role of the tensor in it.
 * @param shape The lengths that its axes must have.
 * @param doing What is being done, for the error.
 * @returns A copy of its numbers.
 * @throws {TypeError} If there is none, or it has another shape.
 */
export function valuesOf(
  layer: NamedLayer,
  role: string,
  shape: readonly number[],
  doing: string,
): Float32Array {
  const tensor = layer.tensors.get(role);
  if (tensor === undefined || !hasShape(tensor, shape)) {
    throw new TypeError(
      `Cannot ${doing}: ${role} of ${layer.name} must have shape [${shape}], ` +
        `current value is ${tensor && `[${tensor.shape}]`}`,
    );
  }
  return tensor.values.slice();
}

/** Whether a tensor is there and its axes have these lengths. */
export function hasShape(tensor: WeightTensor | undefined, shape: readonly number[]): boolean {
  return tensor?.shape.length === shape.length &&
    shape.every((length, axis) => length === tensor.shape[axis]);
}
