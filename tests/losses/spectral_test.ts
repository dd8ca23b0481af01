import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { spectral } from "../../src/losses/spectral.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { spectralEmd } from "../../src/transport/spectral.ts";
import { cellPositions } from "../../src/wafer/cells.ts";
import { waferDistances } from "../../src/wafer/distances.ts";
import { applySymmetry, WAFER_SYMMETRIES } from "../../src/wafer/symmetries.ts";
import { drawPair } from "../_support/histograms.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("spectral()", spectral());
testLossProperties("spectral() without the term of place", spectral({ position: 0 }));
testLossProperties(
  "spectral() of squared distances at low density in cm",
  spectral({ beta: 2, geometry: "low_density", unit: "cm" }),
);

Deno.test("spectral() is spectralEmd() of the cells", async () => {
  const positions = cellPositions();
  for (const beta of [1, 2]) {
    for (let trial = 0; trial < 10; trial++) {
      const { x, y } = drawPair("sparse", 48, new RandomStream(82, "spectral", trial));
      const { value, gradient } = await spectral({ beta, position: 0 }).valueAndGradient(x, y);
      const points = spectralEmd(
        { energies: x, positions },
        { energies: y, positions },
        { omega: beta, gradients: true },
      );
      assertAlmostEquals(value[0], points.value, 1e-10);
      points.gradients!.B.energies.forEach((slope, k) =>
        assertAlmostEquals(gradient[k], slope, 1e-9)
      );
    }
  }
});

Deno.test("spectral() sees a turn of the wafer by its term of place alone", async () => {
  const { x } = drawPair("sparse", 48, new RandomStream(83, "turn"));
  const turned = applySymmetry(x, WAFER_SYMMETRIES[1]);
  const exact = { geometry: "low_density" } as const;
  const alone = await spectral({ ...exact, position: 0 }).valueAndGradient(x, turned);
  assertAlmostEquals(alone.value[0], 0, 1e-12);
  const { value, diagnostics } = await spectral(exact).valueAndGradient(x, turned);
  assert(diagnostics!.position[0] > 0.1);
  assertAlmostEquals(value[0], diagnostics!.position[0], 1e-12);
});

Deno.test("spectral() has an energy distance of twice the way for one charge", async () => {
  const x = new Float64Array(48), y = new Float64Array(48);
  x[3] = y[30] = 1;
  const distance = waferDistances({ unit: "cm" })[3 * 48 + 30];
  const { value } = await spectral({ unit: "cm", position: 5 }).valueAndGradient(x, y);
  assertAlmostEquals(value[0], 5 * 2 * distance, 1e-10);
});

Deno.test("spectral() refuses a negative weight", () => {
  assertThrows(
    () => spectral({ position: -1 }),
    RangeError,
    "Cannot set up spectral: position must be finite and >= 0, current value is -1",
  );
});
