import { assertEquals } from "@std/assert";
import { isSelectedEvent } from "../../../src/datasets/published/root_events.ts";

const PAPER = { ptMax: 35, eta: [1.6, 3] } as const;

Deno.test("isSelectedEvent() applies each cut, with its bounds", () => {
  const cases: [pt: number, eta: number, isSelected: boolean][] = [
    [20, 2.2, true],
    [35, 1.6, true],
    [0.1, 3, true],
    [35.001, 2.2, false],
    [20, 1.599, false],
    [20, 3.001, false], // passes where np.logical_and takes the third cut for its output
    [20, -2.2, true],
    [20, -1.5, false],
    [NaN, 2.2, false],
    [20, NaN, false],
  ];
  for (const [pt, eta, isSelected] of cases) {
    assertEquals(
      isSelectedEvent({ gen_pt: [pt], gen_eta: [eta] }, PAPER),
      isSelected,
      `${pt} ${eta}`,
    );
  }
});

Deno.test("isSelectedEvent() looks at the first particle alone", () => {
  assertEquals(isSelectedEvent({ gen_pt: [20, 90], gen_eta: [2.2, -5] }, PAPER), true);
  assertEquals(isSelectedEvent({ gen_pt: [90, 20], gen_eta: [2.2, -2] }, PAPER), false);
  assertEquals(isSelectedEvent({ gen_pt: [], gen_eta: [] }, PAPER), false);
});
