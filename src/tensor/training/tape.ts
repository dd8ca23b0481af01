import { tf } from "../tf.ts";

/** One recorded operation: what tfjs keeps of it for the way back. */
interface _TapeNode {
  readonly saved: readonly tf.Tensor[];
}

/** The part of tfjs's engine (4.22) that is used here and that its types call private. */
interface _Engine {
  readonly state: { activeTape: _TapeNode[] | null; readonly gradientDepth: number };
  startTape(): void;
  endTape(): void;
  tidy<T extends tf.Tensor>(name: string, run: () => T): T;
  gradients(
    forward: () => tf.Tensor,
    variables: readonly tf.Tensor[],
    dOutput: tf.Tensor,
    allowNoGradients: boolean,
  ): { grads: (tf.Tensor | undefined)[] };
}

/**
 * A forward pass whose gradients are asked for later, perhaps after other work has been awaited.
 * Dispose of it in any case: `using recording = recordForward(...)`.
 */
export interface Recording extends Disposable {
  /** What the forward pass returned; disposed of with the recording. */
  readonly output: tf.Tensor;
  /**
   * Goes back through the recorded pass, once.
   *
   * @param dOutput The derivative of what is minimised in the output, of the output's shape.
   * @param variables In what the gradients are taken.
   * @returns d / d variable for each variable, zeros where the output does not depend on it; the
   * caller disposes of them.
   * @throws {TypeError} If the shape is not the output's.
   * @throws {Error} If the recording was used or disposed of before.
   */
  backward(dOutput: tf.Tensor, variables: readonly tf.Variable[]): tf.Tensor[];
}

/**
 * Runs a forward pass and records it, so that its gradients can be taken later.
 *
 * tfjs's own gradients are taken within one synchronous call, which knows no loss that is computed
 * outside of tfjs, let alone one that is awaited. So this records with tfjs's tape, takes the tape
 * away when the forward pass ends, and gives it back within an ordinary call of `gradients`, whose
 * forward pass then has nothing left to do. In between tfjs records nothing: other tensor work, also
 * other recordings, may happen there.
 *
 * @param forward The pass; it returns a tensor of its own making.
 * @returns The recording.
 * @throws {Error} If called while tfjs takes another gradient; whatever the forward pass throws.
 *
 * @example
 * ```ts
 * import { recordForward, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const x = tf.variable(tf.tensor1d([1, 2, 3]));
 * const recording = recordForward(() => tf.mul(x, x));
 * const squares = await recording.output.data(); // [1, 4, 9]
 * const [gradient] = recording.backward(tf.tensor1d([1, 0, 10]), [x]);
 * recording[Symbol.dispose]();
 * assertEquals([...squares, ...gradient.dataSync()], [1, 4, 9, 2, 0, 60]);
 * ```
 */
export function recordForward(forward: () => tf.Tensor): Recording {
  const engine = _idleEngine();
  let nodes: _TapeNode[];
  let output: tf.Tensor | undefined;
  engine.startTape();
  try {
    output = tf.keep(engine.tidy("forward", forward));
  } finally {
    nodes = engine.state.activeTape ?? [];
    engine.endTape();
    engine.state.activeTape = null;
    if (output === undefined) _disposeOfSaved(nodes);
  }
  return new _Recording(nodes, output);
}

class _Recording implements Recording {
  #nodes: _TapeNode[] | undefined;

  constructor(nodes: _TapeNode[], readonly output: tf.Tensor) {
    this.#nodes = nodes;
  }

  backward(dOutput: tf.Tensor, variables: readonly tf.Variable[]): tf.Tensor[] {
    const nodes = this.#nodes, engine = _idleEngine();
    if (nodes === undefined) {
      throw new Error(
        "Cannot go back through a recorded pass: that is done, or it was disposed of",
      );
    }
    if (String(dOutput.shape) !== String(this.output.shape)) {
      throw new TypeError(
        `Cannot go back through a recorded pass: the output has shape [${this.output.shape}], ` +
          `its derivative [${dOutput.shape}]`,
      );
    }
    this.#nodes = undefined;
    try {
      return tf.tidy(() => {
        const replay = () => {
          engine.state.activeTape = nodes;
          return this.output;
        };
        const { grads } = engine.gradients(replay, variables, dOutput, true);
        return variables.map((variable, v) => {
          const gradient = grads[v];
          if (gradient === undefined) return tf.zeros(variable.shape);
          // Custom gradients may hand dOutput on as it is, and its owner will dispose of it.
          return gradient === dOutput ? tf.clone(gradient) : gradient;
        });
      });
    } finally {
      // tfjs does both, unless a gradient throws.
      engine.state.activeTape = null;
      _disposeOfSaved(nodes);
    }
  }

  [Symbol.dispose](): void {
    _disposeOfSaved(this.#nodes ?? []);
    this.#nodes = undefined;
    this.output.dispose();
  }
}

/** Within another gradient the tape would be that one's, and outlive this pass. */
function _idleEngine(): _Engine {
  const engine = tf.engine() as unknown as _Engine;
  if (engine.state.gradientDepth === 0) return engine;
  throw new Error("Cannot take gradients with a recording: tfjs is taking another gradient");
}

function _disposeOfSaved(nodes: readonly _TapeNode[]): void {
  for (const { saved } of nodes) tf.dispose([...saved]);
}
