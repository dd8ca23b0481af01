/**
 * The encoder for the tools that CMS uses.
 *
 * Nothing else in the library imports this: Keras's files bring a package of 14 MB. Who wants one
 * format alone imports its file.
 *
 * @module
 */
export { cHeader } from "./c_header.ts";
export { type CmsswGraphs, cmsswGraphs } from "./cmssw.ts";
export type {
  EncoderDocument,
  FloatLayerDocument,
  IntegerLayerDocument,
} from "./encoder_document.ts";
export { encoderJson, parseEncoderJson } from "./encoder_json.ts";
export { type KerasFiles, kerasFiles } from "./keras.ts";
export { onnxEncoder } from "./onnx.ts";
export type {
  EconAutoencoderWeights,
  EconDecoderWeights,
  EconEncoderWeights,
  EconFormats,
  IntegerEncoderSpec,
  IntegerLayer,
  LayerWeights,
} from "../types.ts";
export type { FixedPoint } from "../../quantization/types.ts";
