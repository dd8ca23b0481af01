import { assert, assertEquals } from "@std/assert";
import { Resvg } from "npm:@resvg/resvg-wasm@2.6.2";
import font from "../../data/fonts/dejavu_sans.json" with { type: "json" };
import { svgToPng } from "../../src/experiments/png.ts";
import { textWidth } from "../../src/experiments/text_width.ts";

Deno.test("textWidth() agrees with the text that resvg draws", async () => {
  await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'); // starts resvg
  const options = {
    font: {
      fontBuffers: [Uint8Array.fromBase64(font.base64)],
      defaultFontFamily: font.family,
    },
  };
  for (const text of ["EMD", "half pitch", "Δη ≤ 2.5 · 10⁻³", "iiiiiiii", "MMMM", "0123456789"]) {
    // A bar before and after the text, since the box of the drawing ends where the ink ends.
    const boxOf = (inside: string) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="200">
        <text x="10" y="100" font-family="DejaVu Sans" font-size="50">|${inside}|</text></svg>`;
      return new Resvg(svg, options).getBBox()!.width;
    };
    const drawn = boxOf(text) - boxOf("");
    const measured = textWidth(text, 50);
    // Kerning, which is left out, moves a pair of letters by a few hundredths of the font size.
    assert(Math.abs(drawn - measured) <= 0.03 * measured + 1, `${text}: ${drawn}, ${measured}`);
  }
});

Deno.test("textWidth() grows with the font and is zero for no text", () => {
  assertEquals(textWidth("", 12), 0);
  assertEquals(textWidth("EMD", 24), 2 * textWidth("EMD", 12));
});

Deno.test("textWidth() counts a letter that the font lacks, once for a letter of two code units", () => {
  assertEquals(textWidth("漢", 10), textWidth("0", 10));
  assertEquals(textWidth("😀", 10), textWidth("0", 10));
});
