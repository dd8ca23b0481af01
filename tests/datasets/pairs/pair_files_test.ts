import { assertEquals, assertThrows } from "@std/assert";
import type { LabelledPairs } from "../../../src/datasets/pairs/labelled_pairs.ts";
import { pairFileFormat, pairFilePieces } from "../../../src/datasets/pairs/pair_files.ts";
import { parseNpz } from "../../../src/datasets/formats/npz.ts";

const PAIRS: LabelledPairs = {
  count: 2,
  x: Float32Array.from({ length: 96 }, (_, i) => i),
  y: Float32Array.from({ length: 96 }, (_, i) => i / 10),
  emd: Float64Array.of(0.1, 2),
  gradient: Float32Array.from({ length: 96 }, (_, i) => -i),
  first: Uint32Array.of(7, 4_000_000_000),
  second: Uint32Array.of(1, 0),
  split: Uint8Array.of(0, 1),
};

function bytesOf(pairs: LabelledPairs, format: "npz" | "csv"): Uint8Array {
  return Uint8Array.from([...pairFilePieces(pairs, format)].flatMap((piece) => [...piece]));
}

Deno.test("pairFilePieces() writes npz with shapes and types that NumPy users expect", () => {
  const { count, ...arrays } = PAIRS;
  const expected = Object.entries(arrays).map(([name, data]) =>
    [name, { data, shape: data.length === count ? [count] : [count, 48] }] as const
  );
  assertEquals(parseNpz(bytesOf(PAIRS, "npz")), Object.fromEntries(expected));
  const { gradient: _, ...without } = PAIRS;
  const names = Object.keys(parseNpz(bytesOf(without, "npz")));
  assertEquals(names, ["x", "y", "emd", "first", "second", "split"]);
});

Deno.test("pairFilePieces() writes csv with a column for each number", () => {
  const [header, ...lines] = new TextDecoder().decode(bytesOf(PAIRS, "csv")).split("\n");
  const names = header.split(",");
  assertEquals(names.length, 3 * 48 + 4);
  assertEquals([lines.length, lines[2]], [3, ""]);
  const fields = lines[1].split(",").map(Number);
  const field = (name: string) => fields[names.indexOf(name)];
  assertEquals(
    ["X_0", "X_47", "GRADIENT_1", "EMD", "FIRST", "SECOND", "SPLIT"].map(field),
    [48, 95, -49, 2, 4_000_000_000, 0, 1],
  );
  assertEquals(Math.fround(field("Y_47")), Math.fround(9.5));
});

Deno.test("pairFilePieces() writes csv of any length, in pieces", () => {
  const count = 2500;
  const [x, y] = [new Float32Array(count * 48), new Float32Array(count * 48)];
  const numbers = Uint32Array.from({ length: count }, (_, pair) => pair);
  const emd = Float64Array.from(numbers);
  const split = new Uint8Array(count);
  const pairs = { count, x, y, emd, first: numbers, second: numbers, split };
  const text = new TextDecoder().decode(bytesOf(pairs, "csv"));
  const lines = text.trimEnd().split("\n").slice(1);
  assertEquals(lines.map((line) => Number(line.split(",")[96])), [...emd]);
});

Deno.test("pairFilePieces() refuses arrays of another length", () => {
  for (const name of ["x", "emd", "gradient", "split"] as const) {
    const pairs = { ...PAIRS, [name]: PAIRS[name]!.slice(1) };
    const write = () => [...pairFilePieces(pairs, "csv")];
    assertThrows(write, TypeError, `${name} must have length`);
  }
});

Deno.test("pairFileFormat() goes by the ending of the name", () => {
  const names = ["a.npz", "b/C.NPZ", "d.e.csv", "e.parquet"];
  assertEquals(names.map(pairFileFormat), ["npz", "npz", "csv", "parquet"]);
  for (const name of ["pairs", "pairs.txt", "npz", "pairs.npz.gz"]) {
    assertThrows(() => pairFileFormat(name), TypeError, name);
  }
});
