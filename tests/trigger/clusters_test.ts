import { assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { clustersAround } from "../../src/trigger/clusters.ts";

const MIP = 0.0284;

Deno.test("a cell joins the nearest seed; the first of two at one distance", () => {
  const seeds = [{ x: 0.25, y: 0, charge: 0 }, { x: 0.265625, y: 0, charge: 0 }];
  const cells = {
    count: 3,
    // The second is half way between the seeds.
    x: [0.2578, 0.2578125, 0.2579],
    y: [0, 0, 0],
    charge: [100, 200, 400],
    layer: [1, 1, 1],
  };
  const clusters = clustersAround(cells, seeds);
  assertEquals(clusters.map(({ pT }) => Math.round(pT / MIP)), [300, 400]);
});

Deno.test("a cell exactly on the radius is outside", () => {
  const seeds = [{ x: 0.25, y: 0, charge: 0 }];
  const cells = { count: 3, x: [0.25, 0.265625, 0.2656], y: [0, 0, 0], charge: [50, 9, 7] };
  const layer = [0, 0, 0];
  // 1/64 is exact in binary.
  const [cluster] = clustersAround({ ...cells, layer }, seeds, { radius: 1 / 64 });
  assertAlmostEquals(cluster.pT, 57 * MIP, 1e-12);
});

Deno.test("layers add up to the cluster, and weak clusters are dropped", () => {
  const random = new RandomStream(1, "clusters");
  const count = 200;
  const seeds = [{ x: 0.2, y: 0.1, charge: 0 }, { x: -0.3, y: 0, charge: 0 }];
  const draw = (scale: number) => Array.from({ length: count }, () => scale * random.uniform());
  const cells = {
    count,
    x: draw(0.02).map((dx) => 0.19 + dx),
    y: draw(0.02).map((dy) => 0.09 + dy),
    charge: draw(2),
    layer: draw(14).map(Math.floor),
  };
  const clusters = clustersAround(cells, seeds);
  assertEquals(clusters.length, 1);
  const [{ pT, eta, phi, layerPt }] = clusters;
  let sum = 0, sumX = 0, sumY = 0;
  const layers = new Float64Array(14);
  for (let k = 0; k < count; k++) {
    if (Math.hypot(cells.x[k] - 0.2, cells.y[k] - 0.1) >= 0.015) continue;
    sum += cells.charge[k];
    sumX += cells.charge[k] * cells.x[k];
    sumY += cells.charge[k] * cells.y[k];
    layers[cells.layer[k]] += cells.charge[k] * MIP;
  }
  assertAlmostEquals(pT, sum * MIP, 1e-9);
  assertAlmostEquals(1 / Math.sinh(eta), Math.hypot(sumX, sumY) / sum, 1e-9);
  assertAlmostEquals(Math.tan(phi), sumY / sumX, 1e-9);
  layers.forEach((expected, layer) => assertAlmostEquals(layerPt[layer], expected, 1e-9));
  assertEquals(clustersAround(cells, seeds, { leastPt: pT }), []);
});

Deno.test("without seeds or cells there are no clusters", () => {
  const none = { count: 0, x: [], y: [], charge: [], layer: [] };
  assertEquals(clustersAround(none, [{ x: 0, y: 0, charge: 9 }]), []);
  assertEquals(clustersAround({ ...none, count: 1, x: [0], y: [0], charge: [99] }, []), []);
});
