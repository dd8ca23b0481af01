import { assert, assertEquals } from "@std/assert";
import { DEGENERATE_FAMILIES, degeneratePair } from "../../../src/datasets/toy/toy_degenerate.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { toEncodingB } from "../../../src/wafer/encodings.ts";

const sum = (charges: Float64Array) => charges.reduce((total, charge) => total + charge, 0);
const hit = (charges: Float64Array) => charges.filter((charge) => charge > 0).length;

/** What makes a pair a member of its family. */
const PROPERTIES: Readonly<Record<string, (x: Float64Array, y: Float64Array) => boolean>> = {
  equal: (x, y) => x.every((charge, cell) => charge === y[cell]),
  one_cell: (x, y) => hit(x) === 1 && hit(y) === 1 && x.findIndex(Boolean) !== y.findIndex(Boolean),
  flat: (x, y) => new Set(x).size === 1 && hit(y) === 1,
  small_integers: (x, y) => [...x, ...y].every((charge) => [0, 1, 2, 3].includes(charge)),
  zero_or_one: (x, y) => [...x, ...y].every((charge) => charge === 0 || charge === 1),
  assignment: (x, y) =>
    sum(x) === sum(y) && hit(x) === sum(x) && x.every((charge, cell) => charge * y[cell] === 0),
  swapped_cells: (x, y) =>
    x.filter((charge, cell) => charge !== y[cell]).length === 2 &&
    x.toSorted().join() === y.toSorted().join(),
  perturbed: (x, y) =>
    x.some((charge, cell) => charge !== y[cell]) &&
    x.every((charge, cell) => Math.abs(y[cell] / charge - 1) < 1e-11),
  supercell_constant: (x, y) => isConstantOnTiles(x) && isConstantOnTiles(y),
};

/** Whether the 2 x 2 tiles of encoding B (4 x 4 x 3, channels last) hold one charge each. */
function isConstantOnTiles(charges: Float64Array): boolean {
  const image = toEncodingB(charges);
  const at = (row: number, column: number, channel: number) =>
    image[(row * 4 + column) * 3 + channel];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      for (let channel = 0; channel < 3; channel++) {
        const corner = at(row - row % 2, column - column % 2, channel);
        if (at(row, column, channel) !== corner) return false;
      }
    }
  }
  return true;
}

Deno.test("degeneratePair() gives each family its property", () => {
  assertEquals(Object.keys(PROPERTIES), DEGENERATE_FAMILIES);
  for (let pair = 0; pair < 40 * DEGENERATE_FAMILIES.length; pair++) {
    const { x, y, family } = degeneratePair(pair, new RandomStream(1, "test", pair));
    assertEquals(family, DEGENERATE_FAMILIES[pair % DEGENERATE_FAMILIES.length]);
    assertEquals([x.length, y.length], [48, 48]);
    assert(sum(x) > 0 && sum(y) > 0, `${family}: an empty wafer`);
    assert(PROPERTIES[family](x, y), `${family}: ${x} and ${y}`);
  }
});

Deno.test("degeneratePair() draws different pairs of a family", () => {
  for (const [k, family] of DEGENERATE_FAMILIES.entries()) {
    const drawn = Array.from({ length: 10 }, (_, n) => {
      const { x, y } = degeneratePair(k, new RandomStream(1, "test", n));
      return `${x} ${y}`;
    });
    assert(new Set(drawn).size > 5, family);
  }
});
