import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { type HitCells, SeedMap } from "../../src/trigger/seed_map.ts";

const BIN = 2 * 0.58 / 192;

/** Cells of given charge in the middle of bins. */
function cells(...list: [column: number, row: number, charge: number][]): HitCells {
  const middle = (bin: number) => -0.58 + (bin + 0.5) * BIN;
  return {
    count: list.length,
    x: list.map(([column]) => middle(column)),
    y: list.map(([, row]) => middle(row)),
    charge: list.map(([, , charge]) => charge),
  };
}

function places(seeds: readonly { x: number; y: number }[]): number[][] {
  return seeds.map(({ x, y }) => [x, y].map((value) => Math.floor((value + 0.58) / BIN)));
}

Deno.test("one cell is a seed if its smoothed charge is above 8.5", () => {
  const map = new SeedMap();
  // The weight of the middle is 1.1 * 9 / 9.1 = 1.0879.
  const [seed] = map.seeds(cells([120, 90, 8]));
  assertAlmostEquals(seed.charge, 8 * 9.9 / 9.1, 1e-12);
  assertAlmostEquals(seed.x, -0.58 + 120.5 * BIN, 1e-12);
  assertAlmostEquals(seed.y, -0.58 + 90.5 * BIN, 1e-12);
  assertEquals(map.seeds(cells([120, 90, 7.8])), []);
  assertEquals(map.seeds(cells()), []);
});

Deno.test("neighbours add to a seed, and its place is the centroid of its own bin", () => {
  const seeds = new SeedMap().seeds({
    count: 3,
    x: [0.2, 0.2 + BIN / 8, 0.2 + BIN],
    y: [0, 0, 0],
    charge: [6, 2, 4],
  });
  assertEquals(seeds.length, 1);
  assertAlmostEquals(seeds[0].x, 0.2 + BIN / 32, 1e-12);
  assertAlmostEquals(seeds[0].charge, (1.1 * 8 + 4) * 9 / 9.1, 1e-12);
});

Deno.test("of two equal bins side by side one is a seed; apart both are", () => {
  const map = new SeedMap();
  for (const [dx, dy] of [[1, 0], [0, 1], [1, 1], [1, -1]]) {
    const seeds = map.seeds(cells([100, 100, 20], [100 + dx, 100 + dy, 20]));
    assertEquals(seeds.length, 1, `${dx}, ${dy}`);
  }
  assertEquals(places(map.seeds(cells([100, 100, 20], [103, 100, 20]))), [[100, 100], [103, 100]]);
});

Deno.test("a bin between two others is a seed in their middle, though it has no charge", () => {
  const seeds = new SeedMap().seeds(cells([100, 100, 10], [102, 100, 30]));
  assertEquals(seeds.length, 1);
  assertAlmostEquals(seeds[0].x, -0.58 + 102 * BIN, 1e-12);
  assertAlmostEquals(seeds[0].y, -0.58 + 100.5 * BIN, 1e-12);
  assertAlmostEquals(seeds[0].charge, 40 * 9 / 9.1, 1e-12);
});

Deno.test("the weaker of two neighbours is no seed", () => {
  const seeds = new SeedMap().seeds(cells([100, 100, 20], [101, 101, 30]));
  assertEquals(places(seeds), [[101, 101]]);
});

Deno.test("bins at the edges and corners of the map can be seeds; beyond there is nothing", () => {
  const map = new SeedMap();
  for (const [column, row] of [[0, 0], [191, 191], [0, 191], [191, 0], [0, 77], [77, 191]]) {
    const [seed] = map.seeds(
      cells([column, row, 10], [column > 100 ? column - 1 : column + 1, row, 3]),
    );
    assertEquals(places([seed]), [[column, row]]);
    assertAlmostEquals(seed.charge, (1.1 * 10 + 3) * 9 / 9.1, 1e-12);
  }
  assertEquals(map.seeds(cells([-1, 5, 99], [192, 5, 99], [5, 192, 99])), []);
  // A seed between two bins at the edge is inside, too.
  for (const column of [0, 191]) {
    const [seed, ...others] = map.seeds(cells([column, 50, 10], [column, 52, 10]));
    assertEquals([others.length, Math.floor((seed.x + 0.58) / BIN)], [0, column]);
  }
  // Nothing comes in from the other side.
  const [seed] = map.seeds(cells([0, 50, 10], [191, 50, 10]));
  assertAlmostEquals(seed.charge, 10 * 9.9 / 9.1, 1e-12);
});

Deno.test("a field of equal bins has a seed where its border makes one, and only finite numbers", () => {
  const list: [number, number, number][] = [];
  for (let column = 80; column < 90; column++) {
    for (let row = 80; row < 90; row++) list.push([column, row, 1]);
  }
  const seeds = new SeedMap().seeds(cells(...list));
  // Inside all smoothed charges are 9 up to rounding.
  for (const { x, y, charge } of seeds) {
    assert(Number.isFinite(x) && Number.isFinite(y));
    assertAlmostEquals(charge, 9, 1e-12);
  }
  assert(seeds.length >= 1);
});

Deno.test("seeds agree with all bins compared one by one, event after event", () => {
  const map = new SeedMap(), random = new RandomStream(1, "seed map");
  for (let event = 0; event < 12; event++) {
    const list = Array.from({ length: 60 }, (): [number, number, number] => {
      return [80 + random.integer(14), 10 + random.integer(14), 6 * random.exponential()];
    });
    assertEquals(map.seeds(cells(...list)).map(({ charge }) => charge), _seedsByHand(list));
  }
});

/** The definition, bin by bin, on a map with a margin. */
function _seedsByHand(list: readonly [number, number, number][]): number[] {
  const charge = new Map<string, number>();
  for (const [column, row, q] of list) {
    charge.set(`${column} ${row}`, (charge.get(`${column} ${row}`) ?? 0) + q);
  }
  const smooth = (column: number, row: number) => {
    let sum = 0;
    for (const [place, q] of charge) {
      const [otherColumn, otherRow] = place.split(" ").map(Number);
      const distance = Math.max(Math.abs(otherColumn - column), Math.abs(otherRow - row));
      if (distance <= 1) sum += (distance === 0 ? 1.1 : 1) * (q * (9 / 9.1));
    }
    return sum;
  };
  const seeds: number[] = [];
  for (let column = 79; column < 96; column++) {
    for (let row = 9; row < 26; row++) {
      const here = smooth(column, row);
      if (!(here > 8.5)) continue;
      const isLargest = [-1, 0, 1].every((dx) =>
        [-1, 0, 1].every((dy) => {
          const isBefore = dx < 0 || (dx === 0 && dy <= 0);
          const other = smooth(column + dx, row + dy);
          return isBefore ? here >= other : here > other;
        })
      );
      if (isLargest) seeds.push(here);
    }
  }
  return seeds;
}
