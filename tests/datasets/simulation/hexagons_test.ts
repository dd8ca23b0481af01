import { assertEquals } from "@std/assert";
import { roundToHexagon, unpackU, unpackV } from "../../../src/datasets/simulation/hexagons.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("roundToHexagon() finds the nearest of all centres", () => {
  const stream = new RandomStream(1, "hexagons");
  const place = (u: number, v: number) => [(v - 2 * u) / 2, v * Math.sqrt(3) / 2] as const;
  for (let trial = 0; trial < 2000; trial++) {
    const u = 20 * stream.uniform() - 10, v = 20 * stream.uniform() - 10;
    const [x, y] = place(u, v);
    let nearest = Infinity, expected = [0, 0];
    for (let a = Math.floor(u) - 2; a <= u + 3; a++) {
      for (let b = Math.floor(v) - 2; b <= v + 3; b++) {
        const [centreX, centreY] = place(a, b);
        const distance = Math.hypot(centreX - x, centreY - y);
        if (distance < nearest) [nearest, expected] = [distance, [a, b]];
      }
    }
    const packed = roundToHexagon(u, v);
    assertEquals([unpackU(packed), unpackV(packed)], expected, `${u}, ${v}`);
  }
});

Deno.test("unpackU() and unpackV() take out what was packed", () => {
  for (const [u, v] of [[0, 0], [-500, 500], [500, -500], [-17, -3]]) {
    const packed = roundToHexagon(u, v);
    assertEquals([unpackU(packed), unpackV(packed)], [u, v]);
  }
});
