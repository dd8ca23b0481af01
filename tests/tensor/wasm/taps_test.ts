import { assertEquals } from "@std/assert";
import { type ConvGeometry, convTaps, type TapTable } from "../../../src/tensor/wasm/taps.ts";

const SAME_5X5: ConvGeometry = {
  inHeight: 4,
  inWidth: 4,
  outHeight: 4,
  outWidth: 4,
  filterHeight: 5,
  filterWidth: 5,
  strideHeight: 1,
  strideWidth: 1,
  dilationHeight: 1,
  dilationWidth: 1,
  padTop: 2,
  padLeft: 2,
};

/** Strided, dilated, padded on one side. */
const UNEVEN: ConvGeometry = {
  inHeight: 7,
  inWidth: 5,
  outHeight: 3,
  outWidth: 4,
  filterHeight: 2,
  filterWidth: 3,
  strideHeight: 2,
  strideWidth: 1,
  dilationHeight: 1,
  dilationWidth: 2,
  padTop: 0,
  padLeft: 1,
};

function meetings({ starts, pairs }: TapTable): number[][] {
  return Array.from(
    { length: starts.length - 1 },
    (_, key) =>
      Array.from({ length: starts[key + 1] - starts[key] }, (_, t) => {
        const at = 2 * (starts[key] + t);
        return [key, pairs[at], pairs[at + 1]];
      }),
  ).flat();
}

const text = (triples: number[][]) => triples.map(String).sort();

Deno.test("a 5 x 5 kernel meets a 4 x 4 image 196 times: 14 of 20 along each axis", () => {
  assertEquals(meetings(convTaps(SAME_5X5).byOutput).length, 14 * 14);
});

for (const [name, geometry] of Object.entries({ SAME_5X5, UNEVEN })) {
  Deno.test(`${name}: the tables list what the definition of a convolution says`, () => {
    const expected: number[][] = [];
    const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = geometry;
    for (let p = 0; p < inHeight * inWidth; p++) {
      for (let q = 0; q < outHeight * outWidth; q++) {
        for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
          const row = Math.floor(q / outWidth) * geometry.strideHeight - geometry.padTop +
            Math.floor(tap / filterWidth) * geometry.dilationHeight;
          const column = q % outWidth * geometry.strideWidth - geometry.padLeft +
            tap % filterWidth * geometry.dilationWidth;
          if (row === Math.floor(p / inWidth) && column === p % inWidth) expected.push([p, q, tap]);
        }
      }
    }
    const { byOutput, byInput, byTap } = convTaps(geometry);
    assertEquals(text(meetings(byInput)), text(expected));
    assertEquals(text(meetings(byOutput).map(([q, p, tap]) => [p, q, tap])), text(expected));
    assertEquals(text(meetings(byTap).map(([tap, p, q]) => [p, q, tap])), text(expected));
  });

  Deno.test(`${name}: the runs are the same meetings, side by side`, () => {
    const { runs, byOutput } = convTaps(geometry);
    const listed = runs.flatMap(({ output, input, tap, length }) =>
      Array.from({ length }, (_, i) => [output, input + i, tap + i])
    );
    assertEquals(listed, meetings(byOutput));
  });
}
