/// <reference lib="dom" />
/**
 * The live page: two wafers to paint and their EMD, the integer encoder, a training.
 *
 * @module
 */
import type { EconAutoencoderWeights, EconDecoderWeights } from "../src/models/types.ts";
import { loadEconAutoencoder } from "../src/models/autoencoder/load_autoencoder.ts";
import { CELLS } from "../src/wafer/cells.ts";
import { button, find } from "./element.ts";
import { EmdPanel } from "./emd_panel.ts";
import { EncoderPanel } from "./encoder_panel.ts";
import { Painter } from "./painter.ts";
import { asCounts, blurred, movedByACell, oneHit, pileUp, shower } from "./presets.ts";
import { TrainingPanel } from "./training_panel.ts";

const brush = find("brush", HTMLInputElement);
const emdPanel = new EmdPanel(), encoderPanel = new EncoderPanel();
const options = { brush: () => brush.valueAsNumber, onChange: _show };
const x = new Painter({ name: "Wafer X", ...options });
const y = new Painter({ name: "Wafer Y", ...options });
/** Each press of a button that draws at random gives another wafer; each visit begins with the same. */
let seed = 1;

find("wafer-x", HTMLElement).prepend(x.view.svg);
find("wafer-y", HTMLElement).prepend(y.view.svg);
brush.addEventListener("input", () => find("brush-value", HTMLOutputElement).value = brush.value);
_offer("presets-x", x, [..._drawn(), ["Clear", () => new Float64Array(CELLS)]]);
_offer("presets-y", y, [
  ..._drawn(),
  ["Copy of X", () => x.charges],
  ["X moved by a cell", () => movedByACell(x.charges)],
  ["X blurred", () => blurred(x.charges, seed++)],
  ["X decoded", () => {
    const { reconstruction } = encoderPanel;
    return reconstruction === undefined ? y.charges : asCounts(reconstruction, x.charges);
  }],
  ["Clear", () => new Float64Array(CELLS)],
]);
new TrainingPanel((name, weights) => encoderPanel.add(name, weights));

x.charges = shower(seed++);
y.charges = shower(seed++);
_shipped().then((weights) => {
  encoderPanel.add("shipped network", weights);
  document.documentElement.dataset.ready = "";
}).catch((error: Error) => {
  find("encode-error", HTMLElement).textContent =
    `This browser cannot read the network that comes with the page: ${error.message}`;
});

function _show(): void {
  emdPanel.show(x.charges, y.charges);
  encoderPanel.show(x.charges);
}

function _drawn(): [string, () => Float64Array][] {
  return [
    ["One hit", () => oneHit(seed++)],
    ["Shower", () => shower(seed++)],
    ["Pile-up", () => pileUp(seed++)],
  ];
}

function _offer(id: string, painter: Painter, presets: [string, () => Float64Array][]): void {
  find(id, HTMLElement).append(
    ...presets.map(([name, make]) => button(name, () => painter.charges = make())),
  );
}

async function _shipped(): Promise<EconAutoencoderWeights> {
  const { encoder, decoder } = await loadEconAutoencoder();
  return { encoder, decoder: decoder as EconDecoderWeights };
}
