import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { PRINTED } from "../../../scripts/std/emd_cnn_grid.ts";
import { PAPER_FIGURES } from "../../../src/experiments/report/paper_figures.ts";
import { PUBLISHED_TRIGGER } from "../../../src/trigger/mod.ts";
import { supercells2x2, supercells4x4 } from "../../../src/wafer/mod.ts";

const number = (of: string, what: string) =>
  PAPER_FIGURES[of].numbers.find(([name]) => name.includes(what))![1];

Deno.test("every figure and table of the paper has its text", () => {
  const names = [1, 2, 3, 4, 5, 6, 7].map((k) => `Fig. ${k}`);
  assertEquals(Object.keys(PAPER_FIGURES), [...names, "Table A1", "Table B1"]);
  for (const { shows, numbers } of Object.values(PAPER_FIGURES)) {
    assert(shows.endsWith(".") && numbers.length > 0);
  }
});

Deno.test("numbers of the paper are those that experiments compare with", () => {
  assertEquals(number("Fig. 2", "2 × 2"), `${supercells2x2().length}`);
  assertEquals(number("Fig. 2", "4 × 4"), `${supercells4x4().length}`);
  const sigmas = PRINTED.map(({ sigma }) => sigma);
  assertEquals(
    number("Table B1", "standard deviation"),
    `${Math.min(...sigmas).toFixed(3)} to ${Math.max(...sigmas).toFixed(3)}`,
  );
  const { telescope_mse, emd_cnn } = PUBLISHED_TRIGGER.ratioToWeightedMse;
  const range = (values: readonly number[]) =>
    `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
  assertEquals(number("Fig. 7", "telescope over"), range(telescope_mse));
  assertEquals(number("Fig. 7", "EMD CNN over"), range(emd_cnn));
  // The bin of |eta| from 2.0 to 2.1.
  assertAlmostEquals(100 * (1 - emd_cnn[4] / telescope_mse[4]), 13, 1.5);
});
