import { assertEquals, assertThrows } from "@std/assert";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "npm:hyparquet@1.31.5";
import { type LabelledPairs, pairQuantities } from "../../../src/datasets/pairs/labelled_pairs.ts";
import { pairParquetPieces } from "../../../src/datasets/pairs/pair_parquet.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

/** Enough for two row groups. */
const COUNT = 16_500;

function somePairs(): LabelledPairs {
  const stream = new RandomStream(1, "labelled pairs");
  const wafers = () => new Float32Array(COUNT * 48).map(() => stream.uniform());
  return {
    count: COUNT,
    x: wafers(),
    y: wafers(),
    emd: new Float64Array(COUNT).map(() => stream.uniform()),
    gradient: wafers(),
    first: new Uint32Array(COUNT).map(() => stream.integer(1000)),
    second: new Uint32Array(COUNT).map(() => stream.integer(1000)),
    split: new Uint8Array(COUNT).map(() => stream.integer(2)),
  };
}

async function fileOf(pairs: LabelledPairs): Promise<ArrayBuffer> {
  return await new Blob([...pairParquetPieces(pairs)]).arrayBuffer();
}

Deno.test("pairParquetPieces() writes every number in its type", async () => {
  const pairs = somePairs();
  const file = await fileOf(pairs);
  const metadata = parquetMetadata(file);
  assertEquals([Number(metadata.num_rows), metadata.row_groups.length], [COUNT, 2]);
  const types = parquetSchema(metadata).children.map(({ element }) => [element.name, element.type]);
  assertEquals(types.filter(([, type]) => type === "FLOAT").length, 3 * 48);
  assertEquals(types.filter(([, type]) => type !== "FLOAT"), [
    ["EMD", "DOUBLE"],
    ["FIRST", "INT32"],
    ["SECOND", "INT32"],
    ["SPLIT", "INT32"],
  ]);
  const rows = await parquetReadObjects({ file });
  for (const { data, width, columns } of pairQuantities(pairs)) {
    columns.forEach((name, k) => {
      for (let pair = 0; pair < COUNT; pair += 97) {
        assertEquals(rows[pair][name], data[pair * width + k], `${name} of pair ${pair}`);
      }
    });
  }
});

Deno.test("pairParquetPieces() writes equal bytes for equal pairs", async () => {
  const [one, other] = [await fileOf(somePairs()), await fileOf(somePairs())];
  assertEquals(new Uint8Array(one), new Uint8Array(other));
});

Deno.test("pairParquetPieces() refuses rows that INT32 does not hold", () => {
  const pairs = { ...somePairs(), second: new Uint32Array(COUNT).fill(2 ** 31, 16_499) };
  assertThrows(() => [...pairParquetPieces(pairs)], RangeError, "pair 16499");
});
