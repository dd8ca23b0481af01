import { assertThrows } from "@std/assert";
import { checkPanels } from "../../src/experiments/check_panels.ts";
import type { WaferPanel } from "../../src/experiments/wafer_drawing.ts";

const COLOR = { label: "charge", unit: "ADC counts" };
const ONES: readonly number[] = new Array(48).fill(1);

Deno.test("checkPanels() lets a whole panel pass", () => {
  const panel: WaferPanel = {
    title: "a",
    charges: ONES,
    labels: ONES.map(String),
    flows: [{ from: 0, to: 47, mass: 1 }],
    groups: [{ cells: [0, 47], color: "#00ff00", opacity: 1 }],
  };
  checkPanels([panel], { color: COLOR, pitch: 20 });
});

Deno.test("checkPanels() names the wafer and the entry that is wrong", () => {
  const cases: [Partial<WaferPanel>, typeof TypeError | typeof RangeError, string][] = [
    [{ charges: ONES.slice(1) }, TypeError, "charges must have length 48, current length is 47"],
    [
      { charges: ONES.with(3, -2) },
      RangeError,
      "charge of cell 3 must be finite and >= 0, current value is -2",
    ],
    [{ charges: ONES.with(47, NaN) }, RangeError, "charge of cell 47 must be finite and >= 0"],
    [{ charges: ONES.with(0, Infinity) }, RangeError, "charge of cell 0 must be finite"],
    [{ labels: ["a"] }, TypeError, "labels must have length 48, current length is 1"],
    [
      { flows: [{ from: 48, to: 0, mass: 1 }] },
      RangeError,
      "flows[0].from must be a cell from 0 to",
    ],
    [
      { flows: [{ from: 0, to: 0.5, mass: 1 }] },
      RangeError,
      "flows[0].to must be a cell from 0 to",
    ],
    [{ flows: [{ from: 4, to: 4, mass: 1 }] }, RangeError, "flows[0].to must be another cell"],
    [{ flows: [{ from: 0, to: 1, mass: 0 }] }, RangeError, "flows[0].mass must be positive"],
    [{ groups: [{ cells: [] }] }, RangeError, "groups[0].cells must not be empty"],
    [
      { groups: [{ cells: [1, -1] }] },
      RangeError,
      "groups[0].cells[1] must be a cell from 0 to 47",
    ],
    [{ groups: [{ cells: [1], color: "red" }] }, RangeError, "groups[0].color must be #rrggbb"],
    [{ groups: [{ cells: [1], opacity: 2 }] }, RangeError, "groups[0].opacity must be in [0, 1]"],
  ];
  for (const [part, ErrorClass, message] of cases) {
    const panel = { title: "a", ...part };
    const whole = `Cannot draw wafer "a": ${message}`;
    assertThrows(() => checkPanels([panel], { color: COLOR }), ErrorClass, whole);
  }
});

Deno.test("checkPanels() wants the unit of charges", () => {
  assertThrows(
    () => checkPanels([{ title: "a", charges: ONES }], {}),
    TypeError,
    'Cannot draw wafer "a": charges need the option "color", which says their unit',
  );
});

Deno.test("checkPanels() refuses a drawing without wafers or with a pitch of nothing", () => {
  assertThrows(() => checkPanels([], {}), RangeError, "there must be at least one");
  for (const pitch of [0, -3, NaN, Infinity]) {
    assertThrows(() => checkPanels([{ title: "a" }], { pitch }), RangeError, "pitch must be");
  }
});
