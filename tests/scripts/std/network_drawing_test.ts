import { assert, assertEquals } from "@std/assert";
import { layerTitle, networkDrawing } from "../../../scripts/std/network_drawing.ts";
import type { SeenLayer } from "../../../scripts/std/network_layers.ts";

const CONVOLUTION: SeenLayer = {
  name: "half/conv",
  kind: "convolution",
  kernel: [3, 3, 1, 8],
  input: [8, 8, 1],
  output: [4, 4, 8],
  activation: "Relu",
  others: ["gamma", "beta"],
  parameters: 12_345,
  multiplications: 1,
};
const DENSE: SeenLayer = {
  ...CONVOLUTION,
  name: "half/dense",
  kind: "dense",
  kernel: [128, 16],
  input: [128],
  output: [16],
  activation: undefined,
  others: [],
  parameters: 2064,
};

Deno.test("a network is drawn with the shapes, parameters and activations of its layers", () => {
  const { svg, width } = networkDrawing([CONVOLUTION, DENSE], { note: ({ name }) => `(${name})` });
  const texts = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);
  assertEquals(texts, [
    "8 × 8 × 1",
    "conv",
    "convolution 3 × 3",
    "12,345 parameters",
    "batch normalisation",
    "ReLU",
    "(half/conv)",
    // What the convolution leaves, and how the dense layer takes it.
    "4 × 4 × 8 = 128",
    "dense",
    "dense, 128 to 16",
    "2,064 parameters",
    "(half/dense)",
    "16",
  ]);
  assert(networkDrawing([DENSE]).width < width);
});

Deno.test("a transposed convolution is called one", () => {
  const layer: SeenLayer = { ...CONVOLUTION, kind: "transposed convolution" };
  assertEquals(layerTitle(layer), "transp. conv. 3 × 3");
});
