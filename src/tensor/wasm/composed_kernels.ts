import { tf } from "../tf.ts";
import { type KernelFunction, type KernelMaker, runStock } from "./kernel.ts";

/**
 * The kernels that training needs, composed of stock ones: for engines without SIMD. Some 2 to 4 times
 * slower than the kernel pack.
 *
 * - A product with a transposed factor: transpose, then multiply.
 * - The gradient of a convolution in its kernel: the convolution of the transposed input with the
 *   transposed output gradient as kernel, stride and dilation exchanged.
 *
 * @returns Makers by kernel name.
 */
export function composedKernels(): Record<string, KernelMaker> {
  const matMul: KernelMaker = (stock) => (call) => {
    const { transposeA, transposeB } = call.attrs;
    if (!transposeA && !transposeB) return runStock("BatchMatMul", stock, call);
    const { a, b } = call.inputs;
    return _tidied(() => {
      const plain = { transposeA: false, transposeB: false };
      const inputs = {
        a: transposeA ? _swapLast(a) : a,
        b: transposeB ? _swapLast(b) : b,
      };
      return _asTensor(runStock("BatchMatMul", stock, { ...call, inputs, attrs: plain }));
    });
  };

  const filterGradient: KernelMaker = (stock) => (call) => {
    const { x, dy } = call.inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { strides, pad, dataFormat, filterShape } = call.attrs;
    if (dataFormat === "NCHW" || stock !== undefined) {
      return runStock("Conv2DBackpropFilter", stock, call);
    }
    return _tidied(() => {
      const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
      const { top, bottom, left, right } = info.padInfo;
      // Channels take the place of the batch, and the batch that of the channels.
      const padded = tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]]);
      const images = tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D;
      const kernel = tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D;
      const dw = tf.conv2d(images, kernel, 1, "valid", "NHWC", [
        info.strideHeight,
        info.strideWidth,
      ]);
      const [height, width] = filterShape;
      return tf.slice(tf.transpose(dw, [1, 2, 0, 3]), [0, 0, 0, 0], [height, width, -1, -1]);
    });
  };

  return { BatchMatMul: matMul, Conv2DBackpropFilter: filterGradient };
}

function _swapLast(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, i) => i), n = axes.length;
  [axes[n - 2], axes[n - 1]] = [n - 1, n - 2];
  return tf.transpose(x, axes);
}

function _asTensor(info: ReturnType<KernelFunction>): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(info as tf.TensorInfo);
}

/** Inside a kernel nothing is taped, so that operations may be composed; what they leave is tidied. */
function _tidied(compose: () => tf.Tensor): tf.TensorInfo {
  return tf.tidy(compose);
}
