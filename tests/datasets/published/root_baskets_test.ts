import { assertEquals, assertRejects } from "@std/assert";
import {
  decodeBasket,
  layoutOf,
  type RootLeaf,
} from "../../../src/datasets/published/root_baskets.ts";

function branch(title: string, leaf: Partial<RootLeaf>, fClassName?: string) {
  return {
    fName: title,
    fTitle: title,
    ...(fClassName && { fClassName }),
    fEntries: 0,
    fLeaves: { arr: [{ _typename: "TLeafElement", fLen: 1, fIsUnsigned: false, ...leaf }] },
    fWriteBasket: 0,
    fBasketEntry: [],
    fBasketSeek: [],
    fBasketBytes: [],
  };
}

/** A basket by the format's description: key, TBasket's members, content. */
function basket(
  content: number[],
  entries: number,
  last: number,
  { large = false, contentBytes = content.length, features = false, name = [2, 98, 114] } = {},
): Uint8Array<ArrayBuffer> {
  const texts = [7, ...new TextEncoder().encode("TBasket"), ...name, 0];
  const keyBytes = 18 + (large ? 16 : 8) + texts.length + 2 + 4 + (features ? 5 : 4) + 4 + 4 + 1;
  const bytes = [
    ..._int32(keyBytes + content.length),
    ..._int16(large ? 1004 : 4),
    ..._int32(contentBytes),
    ..._int32(0),
    ..._int16(keyBytes),
    ..._int16(1),
    ...new Array(large ? 16 : 8).fill(0),
    ...texts,
    ..._int16(3),
    ..._int32(32000),
    ..._int32(features ? -1000 : 1000),
    ...(features ? [1] : []),
    ..._int32(entries),
    ..._int32(keyBytes + last),
    0,
    ...content.map((value) => value & 255),
  ];
  return new Uint8Array(bytes);
}

const _int16 = (x: number) => [x >> 8 & 255, x & 255];
const _int32 = (x: number) => [x >> 24 & 255, x >> 16 & 255, x >> 8 & 255, x & 255];
const neverUnzip = () => Promise.reject(new Error("not compressed"));
const places = (entries: number[], keyBytes: number) => [
  ..._int32(entries.length),
  ...entries.flatMap((place) => _int32(keyBytes + place)),
];
/** Length of the key of a small file, with the name "br". */
const KEY_BYTES = 18 + 8 + 12 + 19;

Deno.test("layoutOf() knows numbers, arrays and vectors of numbers, and nothing else", () => {
  const leaf = (_typename: string, more: Partial<RootLeaf> = {}) => ({ _typename, ...more });
  assertEquals(layoutOf(branch("a/I", leaf("TLeafI"))), {
    type: "int",
    fixedLength: 1,
    headerBytes: 0,
  });
  assertEquals(layoutOf(branch("a/l", leaf("TLeafL", { fIsUnsigned: true })))?.type, "ULong64_t");
  assertEquals(layoutOf(branch("a[3]/D", leaf("TLeafD", { fLen: 3 })))?.fixedLength, 3);
  assertEquals(layoutOf(branch("a[n]/F", leaf("TLeafF", { fLeafCount: {} }))), {
    type: "float",
    headerBytes: 0,
  });
  assertEquals(layoutOf(branch("a", {}, "vector<unsigned int>")), {
    type: "unsigned int",
    headerBytes: 10,
  });
  for (const name of ["vector<vector<float> >", "vector<string>", "string", "map<int,int>"]) {
    assertEquals(layoutOf(branch("a", {}, name)), undefined, name);
  }
  assertEquals(layoutOf(branch("a/C", leaf("TLeafC"))), undefined);
  assertEquals(layoutOf(branch("a", {})), undefined);
});

Deno.test("decodeBasket() decodes numbers of fixed length", async () => {
  const content = [0, 1, 255, 254, 1, 0, 128, 0];
  const layout = { type: "short", fixedLength: 2, headerBytes: 0 } as const;
  const expected = [Float64Array.of(1, -2), Float64Array.of(256, -32768)];
  const longName = [255, ..._int32(300), ...new Array(300).fill(97)];
  for (const form of [{}, { large: true }, { features: true }, { name: longName }]) {
    assertEquals(await decodeBasket(basket(content, 2, 8, form), 2, layout, neverUnzip), expected);
  }
});

Deno.test("decodeBasket() decodes arrays of any length", async () => {
  const content = [5, 6, 7, ...places([0, 0, 2], KEY_BYTES)];
  assertEquals(
    await decodeBasket(
      basket(content, 3, 3),
      3,
      { type: "unsigned char", headerBytes: 0 },
      neverUnzip,
    ),
    [Float64Array.of(), Float64Array.of(5, 6), Float64Array.of(7)],
  );
});

Deno.test("decodeBasket() decodes vectors, compressed too", async () => {
  const vector = (...values: number[]) => [
    ..._int32(0x40000000 + 6 + 4 * values.length),
    0,
    9,
    ..._int32(values.length),
    ...values.flatMap(_int32),
  ];
  const entries = [...vector(3, -4), ...vector()];
  const content = [...entries, ...places([0, 18], KEY_BYTES)];
  const layout = { type: "int", headerBytes: 10 } as const;
  const expected = [Float64Array.of(3, -4), new Float64Array(0)];
  assertEquals(
    await decodeBasket(basket(content, 2, entries.length), 2, layout, neverUnzip),
    expected,
  );

  // "Compressed" to one byte.
  const packed = basket([42], 2, entries.length, { contentBytes: content.length });
  const unzip = (piece: DataView, length: number) => {
    assertEquals([piece.byteLength, piece.getUint8(0), length], [1, 42, content.length]);
    return Promise.resolve(new DataView(Uint8Array.from(content).buffer));
  };
  assertEquals(await decodeBasket(packed, 2, layout, unzip), expected);
});

Deno.test("decodeBasket() refuses a basket that contradicts itself", async () => {
  const layout = { type: "unsigned char", fixedLength: 1, headerBytes: 0 } as const;
  const good = basket([1, 2], 2, 2);
  const refuse = (bytes: Uint8Array<ArrayBuffer>, text: string, form: typeof layout = layout) =>
    assertRejects(
      () => decodeBasket(bytes, 2, form, () => Promise.resolve(null)),
      RangeError,
      text,
    );
  await refuse(good.slice(0, -1), "bytes says that it has");
  await refuse(basket([1, 2, 3], 3, 3), "a basket of 2 entries says that it has 3");
  await refuse(basket([1, 2], 2, 2, { contentBytes: 5 }), "cannot be decompressed");
  await refuse(good, "outside the bounds", { ...layout, fixedLength: 3 as 1 });

  const varied = { type: "short", headerBytes: 0 } as const;
  const decode = (content: number[], last: number) => () =>
    decodeBasket(basket(content, 2, last), 2, varied, neverUnzip);
  await assertRejects(
    decode([1, 2, 3, ...places([0, 2], KEY_BYTES)], 3),
    RangeError,
    "cannot hold",
  );
  await assertRejects(decode([1, 2, ...places([2, 0], KEY_BYTES)], 2), RangeError, "cannot hold");
  await assertRejects(decode([1, 2, ...places([0], KEY_BYTES)], 2), RangeError, "too few places");
});

Deno.test("decodeBasket() refuses integers that would be rounded", async () => {
  const content = [0, 32, 0, 0, 0, 0, 0, 1]; // 2^53 + 1
  await assertRejects(
    () =>
      decodeBasket(
        basket(content, 1, 8),
        1,
        { type: "ULong64_t", fixedLength: 1, headerBytes: 0 },
        neverUnzip,
      ),
    RangeError,
    "integer 9007199254740993 is beyond 2^53",
  );
});
