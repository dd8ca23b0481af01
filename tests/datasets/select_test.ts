import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  allOf,
  etaWindow,
  inLayers,
  lowPt,
  nonEmpty,
  occupancy,
  occupied,
  selectWhere,
  signalWafers,
  type WaferSelection,
} from "../../src/datasets/select.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";

/** Six wafers; wafer k has 8 k cells of 36 counts, the others of 35, but wafer 0 has none. */
const TABLE = waferTable(
  Float64Array.from({ length: 6 * 48 }, (_, i) => {
    const wafer = Math.floor(i / 48);
    return wafer === 0 ? 0 : i % 48 < 8 * wafer ? 36 : 35;
  }),
  {
    id: Float64Array.of(0, 1, 2, 3, 4, 5),
    gen_pt: Float64Array.of(1, 34.9, 35, 35.1, NaN, 100),
    eta: Float64Array.of(1.6, 2, -1.6, -2, NaN, 3),
    layer: Float64Array.of(1, 5, 7, 9, 11, 9),
    signal_share: Float64Array.of(0, 0.1, 1, 0, NaN, 1e-9),
    kind: ["a", "b", "c", "d", "e", "f"],
  },
);

async function kept(selection: WaferSelection): Promise<number[]> {
  const tables = await Array.fromAsync(selectWhere([TABLE], selection));
  return tables.flatMap((table) => [...table.columns.id as Float64Array]);
}

Deno.test("occupancy() counts cells above 35", () => {
  assertEquals(occupancy(TABLE), Float64Array.of(0, 8, 16, 24, 32, 40));
});

Deno.test("selections keep their limits, and no missing values", async () => {
  assertEquals(await kept(lowPt()), [0, 1, 2]);
  assertEquals(await kept(lowPt(99)), [0, 1, 2, 3]);
  assertEquals(await kept(etaWindow({ from: 1.6, to: 2 })), [0, 2]);
  assertEquals(await kept(etaWindow({ from: 2 })), [1, 3, 5]);
  assertEquals(await kept(inLayers([9, 5])), [1, 3, 5]);
  assertEquals(await kept(occupied({ from: 16, to: 32 })), [2, 3, 4]);
  assertEquals(await kept(nonEmpty()), [1, 2, 3, 4, 5]);
  assertEquals(await kept(signalWafers()), [1, 2, 5]);
});

Deno.test("windows of eta that meet share no wafer and lose none", async () => {
  const edges = [1.5, 1.6, 2, 3, 4];
  const parts = await Promise.all(
    edges.slice(1).map((to, k) => kept(etaWindow({ from: edges[k], to }))),
  );
  assertEquals(parts.flat().sort(), [0, 1, 2, 3, 5]);
});

Deno.test("allOf() joins conditions", async () => {
  assertEquals(await kept(allOf(lowPt(), nonEmpty(), signalWafers())), [1, 2]);
  assertEquals(await kept(allOf()), [0, 1, 2, 3, 4, 5]);
  assertEquals(await kept(allOf(lowPt(), allOf(inLayers([7])))), [2]);
});

Deno.test("selectWhere() goes table by table and leaves out empty ones", async () => {
  const tables = [TABLE, waferTable(new Float64Array(48)), TABLE];
  const selected = await Array.fromAsync(selectWhere(tables, nonEmpty()));
  assertEquals(selected.map(({ count }) => count), [5, 5]);
  assertEquals(selected[0].columns.kind, ["b", "c", "d", "e", "f"]);
});

Deno.test("selectWhere() names the column that is needed", async () => {
  const bare = waferTable(new Float64Array(48), { layer: ["9"] });
  const refuses = (selection: WaferSelection, message: string) =>
    assertRejects(() => Array.fromAsync(selectWhere([bare], selection)), TypeError, message);
  await refuses(
    lowPt(),
    "Cannot select wafers by transverse momentum: column gen_pt must hold numbers, " +
      "current columns are [layer]",
  );
  await refuses(etaWindow({}), "column eta must hold numbers");
  await refuses(signalWafers(), "column signal_share must hold numbers");
  await refuses(
    allOf(nonEmpty(), inLayers([9])),
    "Cannot select wafers by layer: column layer must hold numbers, current type is texts",
  );
});

Deno.test("selections refuse ranges without meaning", () => {
  assertThrows(() => lowPt(NaN), RangeError, "current range is -Infinity to NaN");
  assertThrows(() => etaWindow({ from: 3, to: 1.6 }), RangeError, "current range is 3 to 1.6");
  assertThrows(() => occupied({ from: NaN }), RangeError, "by occupancies");
  assertThrows(() => inLayers([]), RangeError, "at least one");
  for (const layer of [0, 1.5, NaN]) {
    assertThrows(() => inLayers([9, layer]), RangeError, `current value is ${layer}`);
  }
});
