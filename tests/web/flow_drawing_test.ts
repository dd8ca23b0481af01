import { assertEquals } from "@std/assert";
import { flowDrawing } from "../../web/flow_drawing.ts";

Deno.test("one arrow a flow, the widest one last and darkest", () => {
  const svg = flowDrawing([
    { from: 0, to: 1, mass: 0.6 },
    { from: 5, to: 9, mass: 0.3 },
    { from: 2, to: 3, mass: 0.1 },
  ]);
  const opacities = [...svg.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, value]) => Number(value));
  assertEquals(opacities, [0.57, 0.7, 0.9]);
});

Deno.test("no flows, no arrows", () => assertEquals(flowDrawing([]), ""));
