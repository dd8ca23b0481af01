import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  closedFormCandidates,
  neighbourPairs,
  weightedTerms,
} from "../../../src/models/surrogates/closed_form_terms.ts";
import { cellPositions, CELLS, WAFER_SYMMETRIES } from "../../../src/wafer/mod.ts";

const candidates = closedFormCandidates();
const sets = candidates.sums.flatMap(({ family, cells, weights }) =>
  weights.flatMap((weight, k) => weight > 0 ? [{ family, cells: cells.slice(0, k + 1) }] : [])
);

Deno.test("no candidate is a turned copy or the complement of another", () => {
  const names = new Set<string>();
  for (const { cells } of sets) {
    assertEquals(new Set(cells).size, cells.length);
    assert(cells.length >= 1 && cells.length <= CELLS / 2);
    const copies = WAFER_SYMMETRIES.flatMap((turn) => {
      const turned = new Set(cells.map((cell) => turn[cell]));
      const members = Array.from({ length: CELLS }, (_, cell) => turned.has(cell) ? "1" : "0");
      return [members.join(""), members.map((one) => one === "1" ? "0" : "1").join("")];
    });
    assert(!copies.some((name) => names.has(name)), cells.join(" "));
    copies.forEach((name) => names.add(name));
  }
});

Deno.test("half-planes are cut off by straight lines, which have 24 sides", () => {
  const positions = cellPositions();
  const halfPlanes = sets.filter(({ family }) => family === "half-planes");
  assert(halfPlanes.length > 90);
  for (const { cells } of halfPlanes) {
    const isCut = Array.from({ length: 24 }, (_, k) => {
      const angle = k * Math.PI / 12;
      const along = (cell: number) =>
        Math.cos(angle) * positions[2 * cell] + Math.sin(angle) * positions[2 * cell + 1];
      const others = [...Array(CELLS).keys()].filter((cell) => !cells.includes(cell));
      return Math.max(...cells.map(along)) < Math.min(...others.map(along));
    });
    assert(isCut.includes(true), cells.join(" "));
  }
});

Deno.test("every cell, every 2x2, and every rhombus are among the candidates", () => {
  const found = new Set(
    sets.flatMap(({ cells }) =>
      WAFER_SYMMETRIES.map((turn) => cells.map((cell) => turn[cell]).sort((a, b) => a - b).join())
    ),
  );
  for (let cell = 0; cell < CELLS; cell++) assert(found.has(`${cell}`));
  // Rows 0 and 1, columns 0 and 1 of the first rhombus; and all of the second.
  assert(found.has("0,1,4,5"));
  assert(found.has(Array.from({ length: 16 }, (_, k) => 16 + k).join()));
});

Deno.test("neighbours: 24 within each of three rhombi by rows and columns, more across corners and seams", () => {
  const pairs = neighbourPairs();
  assertEquals(pairs.length, 111);
  const within = pairs.filter(({ from, to }) => from >> 4 === to >> 4);
  // 12 along rows, 12 along columns, 9 along the short diagonals.
  assertEquals(within.length, 3 * 33);
  const edges = new Set(
    candidates.flows.flatMap(({ from, to }) =>
      WAFER_SYMMETRIES.map((turn) => [turn[from], turn[to]].sort((a, b) => a - b).join())
    ),
  );
  assertEquals(edges, new Set(pairs.map(({ from, to }) => `${from},${to}`)));
});

Deno.test("weightedTerms() puts weights where they belong and drops zeros", () => {
  const count = sets.length + candidates.flows.length;
  const weights = new Float64Array(count);
  weights[0] = 0.5;
  weights[count - 1] = 2;
  const { sums, flows } = weightedTerms(weights);
  assertEquals(sums, [{ family: "balls", cells: [0], weights: [0.5] }]);
  assertEquals(flows, [{ ...candidates.flows.at(-1)!, weight: 2 }]);
  assertEquals(weightedTerms(new Float64Array(count).fill(1)), candidates);
});

Deno.test("weightedTerms() refuses other numbers of weights, and weights that are none", () => {
  const count = sets.length + candidates.flows.length;
  for (const length of [0, count - 1, count + 1]) {
    assertThrows(
      () => weightedTerms(new Float64Array(length)),
      TypeError,
      `Cannot make a closed form: there must be ${count} weights, current number is ${length}`,
    );
  }
  for (const bad of [-1, NaN, Infinity]) {
    assertThrows(
      () => weightedTerms(new Float64Array(count).with(7, bad)),
      RangeError,
      `Cannot make a closed form: weight 7 must be finite and >= 0, current value is ${bad}`,
    );
  }
});
