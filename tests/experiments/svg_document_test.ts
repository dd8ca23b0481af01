import { assert, assertEquals, assertThrows } from "@std/assert";
import { svgDocument, svgElement, svgToPng } from "../../src/experiments/mod.ts";

Deno.test("svgDocument() is as large as told, and white where nothing is drawn", async () => {
  const dot = svgElement("rect", { x: 1, y: 1, width: 1, height: 1, fill: "#ff0000" });
  const svg = svgDocument({ width: 2.2, height: 4, title: "a & b" }, [dot]);
  assert(svg.startsWith("<svg ") && svg.includes('width="3" height="4"'), svg);
  assertEquals(svg.match(/<title>.*<\/title>/)?.[0], "<title>a &amp; b</title>");
  // The size as the header of the PNG has it, which another program has drawn.
  const view = new DataView((await svgToPng(svg)).buffer);
  assertEquals(view.getUint32(16) / view.getUint32(20), 3 / 4);
});

Deno.test("svgDocument() refuses a size that is no number", () => {
  assertThrows(() => svgDocument({ width: NaN, height: 4, title: "" }, []), RangeError);
});
