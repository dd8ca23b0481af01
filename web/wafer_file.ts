/// <reference lib="dom" />
import { find } from "./element.ts";
import { trainingWafers } from "./training_wafers.ts";
import type { CellOrder } from "../src/wafer/cells.ts";

/** The visitor's own wafers: a CSV that was dropped or chosen, and read once to see that it is one. */
export class WaferFile {
  readonly #input = find("file", HTMLInputElement);
  readonly #order = find("order", HTMLSelectElement);
  readonly #note = find("file-note", HTMLElement);
  readonly #alert = find("file-error", HTMLElement);
  readonly #forget = find("forget-file", HTMLButtonElement);
  readonly #what = this.#note.textContent ?? "";
  #file: File | undefined;
  /** The look at a file that came last is the one that counts. */
  #looks = 0;

  constructor() {
    const zone = find("drop", HTMLElement);
    this.#input.addEventListener("change", () => this.#take(this.#input.files?.[0]));
    this.#order.addEventListener("change", () => this.#take(this.#file));
    this.#forget.addEventListener("click", () => this.#take(undefined));
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      this.#take(event.dataTransfer?.files[0]);
    });
    // A file that misses the zone must not take the place of the page.
    for (const name of ["dragover", "drop"]) {
      addEventListener(name, (event) => event.preventDefault());
    }
  }

  /** The file, if there is a good one. */
  get file(): File | undefined {
    return this.#file;
  }

  /** How its columns are numbered. */
  get order(): CellOrder {
    return this.#order.value as CellOrder;
  }

  async #take(file: File | undefined): Promise<void> {
    const look = ++this.#looks;
    this.#input.value = "";
    this.#alert.textContent = "";
    this.#file = undefined;
    this.#forget.hidden = true;
    this.#note.textContent = file === undefined ? this.#what : `Reading ${file.name} …`;
    if (file === undefined) return;
    try {
      const { train, heldOut } = await trainingWafers(file, file.name, this.order, 1);
      if (look !== this.#looks) return;
      this.#file = file;
      this.#forget.hidden = false;
      this.#note.textContent =
        `${file.name}: ${train.count} wafers to learn from, ${heldOut.count} to judge by.`;
    } catch (error) {
      if (look !== this.#looks) return;
      this.#note.textContent = this.#what;
      this.#alert.textContent = (error as Error).message;
    }
  }
}
