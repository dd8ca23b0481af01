/// <reference lib="dom" />
import type { EconAutoencoderWeights } from "../src/models/types.ts";
import { chargeFills } from "./cell_colors.ts";
import { find } from "./element.ts";
import { type EncodedWafer, network } from "./network.ts";
import { WaferView } from "./wafer_view.ts";

/** Latents of a wafer. */
const LATENTS = 16;

/** A painted wafer as 16 codes, and back. */
export class EncoderPanel {
  readonly #view = new WaferView("What the decoder makes of the codes");
  readonly #networks = new Map<string, (charges: ArrayLike<number>) => EncodedWafer>();
  readonly #choice = find("network", HTMLSelectElement);
  readonly #list = find("codes", HTMLOListElement);
  readonly #emd = find("reconstruction-emd", HTMLOutputElement);
  readonly #bars: readonly HTMLMeterElement[];
  readonly #numbers: readonly HTMLElement[];
  #charges = new Float64Array(0);
  #encoded: EncodedWafer | undefined;

  constructor() {
    find("reconstruction", HTMLElement).prepend(this.#view.svg);
    this.#bars = Array.from({ length: LATENTS }, () => document.createElement("meter"));
    this.#numbers = Array.from({ length: LATENTS }, () => document.createElement("span"));
    this.#bars.forEach((bar, k) => {
      const item = document.createElement("li");
      bar.setAttribute("aria-label", `code ${k}`);
      item.append(bar, this.#numbers[k]);
      this.#list.append(item);
    });
    this.#choice.addEventListener("change", () => this.show(this.#charges));
  }

  /** The reconstruction of the wafer shown, 48 charge fractions, if there is one. */
  get reconstruction(): Float64Array | undefined {
    return this.#encoded?.reconstruction;
  }

  /**
   * Adds a network to those that can be chosen, or replaces it.
   *
   * @param name Its name.
   * @param weights Its weights.
   */
  add(name: string, weights: EconAutoencoderWeights): void {
    if (!this.#networks.has(name)) this.#choice.add(new Option(name, name));
    this.#networks.set(name, network(weights));
    this.show(this.#charges);
  }

  /**
   * Encodes, decodes and draws.
   *
   * @param charges The wafer.
   */
  show(charges: Float64Array<ArrayBuffer>): void {
    this.#charges = charges;
    const encode = this.#networks.get(this.#choice.value);
    const hasCharge = charges.some((charge) => charge > 0);
    const encoded = this.#encoded = hasCharge ? encode?.(charges) : undefined;
    this.#bars.forEach((bar, k) => {
      const code = encoded?.codes[k] ?? 0;
      bar.max = encoded?.largest ?? 1;
      bar.value = code;
      this.#numbers[k].textContent = encoded === undefined ? "–" : String(code);
    });
    this.#view.fill(chargeFills(encoded?.reconstruction ?? new Float64Array(48)));
    this.#emd.textContent = encoded?.emd?.toFixed(3) ?? "–";
    this.#emd.dataset.value = String(encoded?.emd ?? "");
  }
}
