import { assert, assertEquals } from "@std/assert";
import { outputSpaces } from "../../../scripts/std/output_spaces.ts";
import { reportSinkhorn } from "../../../scripts/std/sinkhorn_report.ts";
import { checkFigure } from "../../../src/experiments/check_figure.ts";

Deno.test("reportSinkhorn() draws its four limits and says what it drew", () => {
  const found = new Map<string, number>(), figures: string[] = [];
  reportSinkhorn(
    {
      addQuantity: (name, _, [value]) => found.set(name, value),
      addFigure(name, figure) {
        checkFigure(figure);
        figures.push(name);
      },
    },
    outputSpaces(1)[0],
    [1, 2],
    0.1,
  );
  assertEquals(figures, ["error", "underflow", "iterations", "equality"].map((n) => `${n}_chain`));
  assertEquals(found.get("chain: value at equality, exact"), 0);
  assert(found.get("chain: value at equality, Sinkhorn")! > 0);
  const largest = (how: string) =>
    found.get(`chain: largest cost over epsilon that is right, ${how}`)!;
  assert(largest("single precision") < 104 && largest("double precision") < 746);
});
