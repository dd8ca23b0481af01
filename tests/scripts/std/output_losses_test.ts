import { assertAlmostEquals } from "@std/assert";
import { OUTPUT_LOSSES, outputLoss } from "../../../scripts/std/output_losses.ts";
import { outputSpaces, peakedHistogram } from "../../../scripts/std/output_spaces.ts";

Deno.test("outputLoss() has the gradient that finite differences see", () => {
  for (const space of outputSpaces(1)) {
    const q = peakedHistogram(4, 1, "target"), step = 1e-4;
    const p = peakedHistogram(4, 1, "output").map((mass) => (mass + 0.25) / 2);
    for (const name of OUTPUT_LOSSES) {
      const loss = outputLoss(name, space, 0.2);
      const from = p.indexOf(Math.max(...p)), to = (from + 1) % 4;
      const at = (by: number) => loss(p.with(from, p[from] - by).with(to, p[to] + by), q).value;
      const slope = (at(step) - at(-step)) / (2 * step);
      const gradient = loss(p, q).gradient;
      const found = gradient[to] - gradient[from];
      assertAlmostEquals(
        found,
        slope,
        1e-3 * Math.max(1, Math.abs(slope)),
        `${space.name} ${name}`,
      );
    }
  }
});
