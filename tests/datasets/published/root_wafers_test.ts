import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type EventBranches, ROOT_BRANCHES } from "../../../src/datasets/published/root_events.ts";
import {
  type EventWafersOptions,
  wafersOfEvent,
} from "../../../src/datasets/published/root_wafers.ts";
import { chargesOf } from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const LAYERS: EventWafersOptions = { layers: [5, 11], centres: "lattice" };

/**
 * The paper's numbering q by (u, v), and train order by q: the published remapping tables, written
 * out, so that nothing is computed as the code under test does.
 */
const TRAIN_OF_PAPER = [
  ...[28, 29, 30, 31, 0, 4, 8, 12, 24, 25, 26, 27, 1, 5, 9, 13],
  ...[20, 21, 22, 23, 2, 6, 10, 14, 16, 17, 18, 19, 3, 7, 11, 15],
  ...[47, 43, 39, 35, 46, 42, 38, 34, 45, 41, 37, 33, 44, 40, 36, 32],
];
const UV_OF_PAPER = [
  ...[
    "40",
    "51",
    "62",
    "73",
    "74",
    "75",
    "76",
    "77",
    "30",
    "41",
    "52",
    "63",
    "64",
    "65",
    "66",
    "67",
  ],
  ...[
    "20",
    "31",
    "42",
    "53",
    "54",
    "55",
    "56",
    "57",
    "10",
    "21",
    "32",
    "43",
    "44",
    "45",
    "46",
    "47",
  ],
  ...[
    "00",
    "11",
    "22",
    "33",
    "01",
    "12",
    "23",
    "34",
    "02",
    "13",
    "24",
    "35",
    "03",
    "14",
    "25",
    "36",
  ],
];

/** One generated electron and one trigger cell in layer 9, the branches that need not be there too. */
function event(changes: EventBranches = {}): EventBranches {
  return {
    gen_pt: [20],
    gen_eta: [2],
    gen_phi: [0.5],
    gen_energy: [75],
    gen_pdgid: [11],
    tc_zside: [1],
    tc_layer: [9],
    tc_waferu: [3],
    tc_waferv: [5],
    tc_cellu: [7],
    tc_cellv: [4],
    tc_data: [100],
    tc_eta: [1.8],
    tc_energy: [4],
    tc_simenergy: [1],
    ...changes,
  };
}

Deno.test("wafersOfEvent() puts every trigger cell where the published tables have it", () => {
  const cells = 48;
  const repeat = (value: number) => new Array(cells).fill(value);
  const table = wafersOfEvent(
    3,
    {
      gen_pt: [20],
      gen_eta: [2],
      tc_zside: repeat(1),
      tc_layer: repeat(9),
      tc_waferu: repeat(3),
      tc_waferv: repeat(5),
      tc_cellu: UV_OF_PAPER.map((uv) => Number(uv[0])),
      tc_cellv: UV_OF_PAPER.map((uv) => Number(uv[1])),
      tc_data: repeat(0).map((_, paper) => 1000 + paper),
      tc_eta: repeat(1.8),
    },
    LAYERS,
  );
  const expected = new Float64Array(48);
  TRAIN_OF_PAPER.forEach((train, paper) => expected[train] = 1000 + paper);
  assertEquals(table.rawCharges, expected);
});

Deno.test("wafersOfEvent() calibrates with the cell's own eta", () => {
  // 4096 / cosh(1.8) = 1318.26, 4096 / cosh(-2.5) = 667.95; worked by hand.
  const table = wafersOfEvent(
    0,
    event({
      tc_zside: [1, -1, 1],
      tc_layer: [9, 9, 9],
      tc_waferu: [3, 3, 3],
      tc_waferv: [5, 5, 5],
      tc_cellu: [7, 7, 4],
      tc_cellv: [4, 4, 0],
      tc_data: [100, 1000, 0],
      tc_eta: [1.8, -2.5, 1.8],
      tc_energy: [1, 1, 1],
      tc_simenergy: [0, 0, 0],
    }),
    LAYERS,
  );
  assertEquals(table.columns.zside, Float64Array.of(-1, 1));
  assertEquals(chargesOf(table, 0)[0], Math.trunc(1000 * 667 / 4096)); // 162
  assertEquals(chargesOf(table, 1)[0], Math.trunc(100 * 1318 / 4096)); // 32
  assertEquals(table.charges.filter((charge) => charge > 0).length, 2);
  assertEquals(table.rawCharges![48], 100);
});

Deno.test("wafersOfEvent() agrees with a plain grouping, for random events", () => {
  for (let index = 0; index < 5; index++) {
    const branches = _randomEvent(new RandomStream(7, "root wafers", index), 3000);
    const table = wafersOfEvent(index, branches, { layers: [7, 9], centres: "lattice" });

    const rows = new Map<string, number[]>();
    for (let cell = 0; cell < branches.tc_layer.length; cell++) {
      const layer = branches.tc_layer[cell];
      if (layer < 7 || layer > 9) continue;
      const wafer = ["tc_layer", "tc_waferu", "tc_waferv", "tc_zside"]
        .map((name) => branches[name][cell]).join();
      if (!rows.has(wafer)) rows.set(wafer, new Array(48).fill(0));
      const paper = UV_OF_PAPER.indexOf(`${branches.tc_cellu[cell]}${branches.tc_cellv[cell]}`);
      const scale = Math.trunc(4096 * (1 / Math.cosh(branches.tc_eta[cell])));
      rows.get(wafer)![TRAIN_OF_PAPER[paper]] = Math.trunc(branches.tc_data[cell] * scale / 4096);
    }
    const { layer, waferu, waferv, zside } = table.columns;
    const found = Array.from({ length: table.count }, (_, row) => {
      return [[layer[row], waferu[row], waferv[row], zside[row]].join(), [
        ...chargesOf(table, row),
      ]];
    });
    assert(table.count > 100);
    assertEquals(Object.fromEntries(found), Object.fromEntries(rows));
    assertEquals(table.columns.event, new Float64Array(table.count).fill(index));
  }
});

Deno.test("wafersOfEvent() gives each side the particle that flies there", () => {
  const { columns } = wafersOfEvent(
    0,
    {
      ...event(),
      gen_pt: [5, 20, 9],
      gen_eta: [2, 2.1, -1.9],
      gen_phi: [1, 2, 3],
      gen_energy: [6, 7, 8],
      gen_pdgid: [22, -11, 22],
      tc_zside: [1, -1],
      tc_layer: [9, 9],
      tc_waferu: [3, 3],
      tc_waferv: [5, 5],
      tc_cellu: [7, 7],
      tc_cellv: [4, 4],
      tc_data: [100, 50],
      tc_eta: [1.8, -1.8],
      tc_energy: [4, 0.5],
      tc_simenergy: [1, 2],
    },
    LAYERS,
  );
  assertEquals(columns.zside, Float64Array.of(-1, 1));
  assertEquals(columns.gen_pt, Float64Array.of(9, 20));
  assertEquals(columns.gen_eta, Float64Array.of(-1.9, 2.1));
  assertEquals(columns.gen_phi, Float64Array.of(3, 2));
  assertEquals(columns.gen_energy, Float64Array.of(8, 7));
  assertEquals(columns.gen_kind, ["photon", "electron"]);
  assertEquals(columns.simenergy, Float64Array.of(2, 1));
  assertEquals(columns.signal_share, Float64Array.of(1, 0.25));

  const alone = wafersOfEvent(0, event({ gen_eta: [-2] }), LAYERS).columns;
  assertEquals([alone.gen_pt, alone.gen_kind], [Float64Array.of(NaN), [""]]);
});

Deno.test("wafersOfEvent() leaves out columns whose branches are not there", () => {
  const { gen_phi: _1, gen_pdgid: _2, tc_energy: _3, ...some } = event();
  const { columns } = wafersOfEvent(0, some, LAYERS);
  assertEquals(
    Object.keys(columns).slice(8),
    ["gen_pt", "gen_eta", "gen_energy", "simenergy"],
  );
  for (const name of [...ROOT_BRANCHES.generated.required, ...ROOT_BRANCHES.cells.required]) {
    const { [name]: _, ...rest } = event();
    assertThrows(() => wafersOfEvent(0, rest, LAYERS), TypeError, `branch ${name} is missing`);
  }
});

Deno.test("wafersOfEvent() places wafers by the lattice, mirrored at z < 0", () => {
  // Wafer (3, 5) in layer 9: x = -16.74408 / 2, y = 7.5 * 16.74408 / sqrt(3), z = 333.983 cm.
  const [x, y, z] = [-8.37204, 72.50399, 333.983];
  const eta = Math.asinh(z / Math.hypot(x, y));
  for (const side of [1, -1]) {
    const phi = Math.atan2(y, side * x);
    const { columns } = wafersOfEvent(
      0,
      event({ tc_zside: [side], tc_eta: [side * eta], tc_phi: [phi + 0.02] }),
      LAYERS,
    );
    assertAlmostEquals(columns.eta[0] as number, eta, 1e-5);
    assertAlmostEquals(columns.phi[0] as number, phi, 1e-5);

    // By its only trigger cell, the direction is that cell's.
    const byCells = wafersOfEvent(
      0,
      event({ tc_zside: [side], tc_eta: [side * 2.9], tc_phi: [-1] }),
      { ...LAYERS, centres: "cells" },
    ).columns;
    assertAlmostEquals(byCells.eta[0] as number, 2.9, 1e-12);
    assertAlmostEquals(byCells.phi[0] as number, -1, 1e-12);
  }
  assertThrows(
    () => wafersOfEvent(0, event(), { ...LAYERS, centres: "cells" }),
    TypeError,
    "centres by cells need branch tc_phi",
  );
});

Deno.test("wafersOfEvent() takes the density from the wafer's type, else from its place", () => {
  const density = (changes: EventBranches) =>
    wafersOfEvent(0, event(changes), LAYERS).columns.density[0];
  assertEquals([0, 1, 2].map((type) => density({ tc_wafertype: [type] })), [1, 0, 0]);
  // Sensors of 120 um lie inside of some 74 cm.
  assertEquals(density({ tc_waferu: [2], tc_waferv: [4] }), 1); // 58 cm
  assertEquals(density({ tc_waferu: [3], tc_waferv: [8] }), 0); // 121 cm
});

Deno.test("wafersOfEvent() refuses what has no place or value, and names it", () => {
  const cases: [changes: EventBranches, text: string][] = [
    [{ tc_cellu: [0], tc_cellv: [4] }, "(tc_cellu, tc_cellv) must be a place on a wafer"],
    [{ tc_cellu: [-1] }, "(tc_cellu, tc_cellv) must be a place on a wafer"],
    [{ tc_waferu: [-999] }, "tc_waferu must be an integer below 32, current value is -999"],
    [{ tc_waferv: [1.5] }, "tc_waferv must be an integer"],
    [{ tc_zside: [0] }, "tc_zside must be 1 or -1, current value is 0"],
    [{ tc_layer: [9.5] }, "tc_layer must be an integer"],
    [{ tc_layer: [NaN] }, "tc_layer must be an integer"],
    [{ tc_data: [NaN] }, "tc_data must be finite and >= 0, current value is NaN"],
    [{ tc_data: [-1] }, "tc_data must be finite"],
    [{ tc_eta: [0] }, "tc_eta must be finite and not 0"],
    [{ tc_eta: [NaN] }, "tc_eta must be finite"],
    [{ tc_simenergy: [NaN] }, "tc_simenergy must be finite"],
    [{ tc_energy: [-1] }, "tc_energy must be finite"],
    [{ tc_phi: [0] }, "of that of wafer (3, 5) in layer 9"],
    [{ tc_phi: [NaN] }, "of that of wafer (3, 5) in layer 9"],
  ];
  for (const [changes, text] of cases) {
    const error = assertThrows(() => wafersOfEvent(12, event(changes), LAYERS), RangeError, text);
    assert(error.message.startsWith("Cannot make wafers of event 12: trigger cell 0: "));
  }
  const twice = Object.entries(event()).map(([name, values]) =>
    [name, name.startsWith("tc_") ? [values[0], values[0]] : values] as const
  );
  assertThrows(
    () => wafersOfEvent(0, Object.fromEntries(twice), LAYERS),
    RangeError,
    "trigger cell 1: a trigger cell must be listed once",
  );
  assertThrows(
    () => wafersOfEvent(0, event({ tc_data: [1, 2] }), LAYERS),
    TypeError,
    "tc_data must have 1 values as tc_zside, current number is 2",
  );
  for (const layers of [[11, 5], [0, 5], [5, 29], [5.5, 9]] as const) {
    assertThrows(
      () => wafersOfEvent(0, event(), { ...LAYERS, layers }),
      RangeError,
      "layers must be integers in [1, 28]",
    );
  }
});

Deno.test("wafersOfEvent() passes over other layers, scintillators among them", () => {
  const { count } = wafersOfEvent(0, event({ tc_layer: [40], tc_waferu: [-999] }), LAYERS);
  assertEquals(count, 0);
});

/** Distinct trigger cells all over the layers. */
function _randomEvent(stream: RandomStream, cells: number): Record<string, number[]> {
  const names = [...ROOT_BRANCHES.cells.required, "tc_simenergy"];
  const branches: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const seen = new Set<string>();
  while (branches.tc_layer.length < cells) {
    const uv = UV_OF_PAPER[stream.integer(48)];
    const cell: Record<string, number> = {
      tc_zside: 2 * stream.integer(2) - 1,
      tc_layer: 5 + 2 * stream.integer(4),
      tc_waferu: stream.integer(13) - 6,
      tc_waferv: stream.integer(13) - 6,
      tc_cellu: Number(uv[0]),
      tc_cellv: Number(uv[1]),
    };
    const place = Object.values(cell).join();
    if (seen.has(place)) continue;
    seen.add(place);
    cell.tc_data = stream.integer(100_000);
    cell.tc_eta = cell.tc_zside * (1.5 + 1.5 * stream.uniform());
    cell.tc_simenergy = stream.uniform();
    for (const name of names) branches[name].push(cell[name]);
  }
  return { ...branches, gen_pt: [20], gen_eta: [2] };
}
