import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkExponent, flowSlope } from "../../src/transport/flow_cost.ts";

Deno.test("flowSlope() is the slope of the power, on both sides and at zero", () => {
  for (const rho of [1, 1.25, 1.5, 2, 3]) {
    for (const flow of [-2, -0.3, 0.3, 2]) {
      const h = 1e-6, cost = (x: number) => Math.abs(x) ** rho;
      const slope = (cost(flow + h) - cost(flow - h)) / (2 * h);
      assertAlmostEquals(flowSlope(flow, rho), slope, 1e-8);
      assertAlmostEquals(flow * flowSlope(flow, rho) / rho, cost(flow), 1e-14);
    }
    assertEquals(flowSlope(0, rho), 0);
  }
});

Deno.test("checkExponent() refuses what is not convex", () => {
  checkExponent("X", 1);
  for (const rho of [0.99, NaN, Infinity]) {
    assertThrows(
      () => checkExponent("X", rho),
      RangeError,
      `Cannot compute X: rho must be finite and >= 1, current value is ${rho}`,
    );
  }
});
