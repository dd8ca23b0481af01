import { assertEquals, assertThrows } from "@std/assert";
import { type SinkhornOptions, sinkhornOptions } from "../../src/transport/sinkhorn_options.ts";

Deno.test("sinkhornOptions() fills in what is left out", () => {
  assertEquals(sinkhornOptions({ epsilon: 2 }), {
    epsilon: 2,
    tolerance: 1e-9,
    maxIterations: 10_000,
    method: "newton",
  });
});

Deno.test("sinkhornOptions() refuses what is out of range, by name", () => {
  const refuse = (options: Partial<SinkhornOptions>, text: string) =>
    assertThrows(
      () => sinkhornOptions({ epsilon: 1, ...options }),
      RangeError,
      `Cannot compute Sinkhorn: ${text}`,
    );
  for (const epsilon of [0, -1, NaN, Infinity]) {
    refuse({ epsilon }, `epsilon must be finite and > 0, current value is ${epsilon}`);
  }
  refuse({ tolerance: 0 }, "tolerance must be finite and > 0, current value is 0");
  refuse({ maxIterations: 0 }, "maxIterations must be >= 1, current value is 0");
  refuse({ method: "log" as "newton" }, "method must be newton or sinkhorn, current value is log");
});
