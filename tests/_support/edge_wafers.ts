/** Wafers that are easily got wrong, each as 48 charges. */
import { CELLS } from "../../src/wafer/mod.ts";

const _wafer = (charge: (cell: number) => number) =>
  Float64Array.from({ length: CELLS }, (_, cell) => charge(cell));

/** By what is special about them. */
export const EDGE_WAFERS: Readonly<Record<string, Float64Array>> = {
  "one cell": _wafer((cell) => cell === 31 ? 7 : 0),
  "all equal": _wafer(() => 3),
  "48 different cells": _wafer((cell) => 1 + (cell * 29) % 48),
  "two equal cells far apart": _wafer((cell) => cell === 0 || cell === 47 ? 5 : 0),
  "huge charges": _wafer((cell) => 1e305 * (1 + cell % 7)),
  "tiny charges": _wafer((cell) => 1e-300 * (cell % 5)),
  "one large among small": _wafer((cell) => cell === 20 ? 1e9 : 1),
};
