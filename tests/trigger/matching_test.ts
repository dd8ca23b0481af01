import { assertEquals } from "@std/assert";
import { matchedCluster } from "../../src/trigger/matching.ts";

const cluster = (pT: number, eta: number, phi: number) => ({
  pT,
  eta,
  phi,
  layerPt: new Float64Array(14),
});
const particle = (eta: number, phi: number) => ({ pT: 30, eta, phi });

Deno.test("the hardest near cluster is matched, whatever is farther away", () => {
  const far = cluster(90, 2.1, 1), near = cluster(10, 2.0, 1), harder = cluster(12, 2.03, 1.03);
  assertEquals(matchedCluster([far, near, harder], particle(2, 1)), harder);
  assertEquals(matchedCluster([harder, near, far], particle(2, 1)), harder);
  assertEquals(matchedCluster([far], particle(2, 1)), undefined);
  assertEquals(matchedCluster([], particle(2, 1)), undefined);
});

Deno.test("the distance is one in eta and phi, and phi goes round", () => {
  assertEquals(matchedCluster([cluster(9, 2.03, 0.041)], particle(2, 0)), undefined);
  for (const phi of [Math.PI - 0.02, -Math.PI + 0.02]) {
    for (const other of [Math.PI - 0.01, -Math.PI + 0.01]) {
      const found = cluster(9, 2, phi);
      assertEquals(matchedCluster([found], particle(2, other)), found);
    }
  }
  const close = cluster(9, 2, 0);
  assertEquals(matchedCluster([close], particle(2, 0.1)), undefined);
  assertEquals(matchedCluster([close], particle(2, 0.1), 0.2), close);
});
