import { assert, assertEquals, assertRejects } from "@std/assert";
import { inflateSync } from "node:zlib";
import { Buffer } from "node:buffer";
import { svgToPng } from "../../src/experiments/png.ts";

Deno.test("svgToPng() gives a PNG of the scaled size", async () => {
  const png = await svgToPng(_svg(""), { scale: 3 });
  assertEquals(Array.from(png.subarray(0, 8)), [137, 80, 78, 71, 13, 10, 26, 10]);
  const header = new DataView(png.buffer, png.byteOffset);
  assertEquals([header.getUint32(16), header.getUint32(20)], [360, 120]);
  const twice = new DataView((await svgToPng(_svg(""))).buffer);
  assertEquals(twice.getUint32(16), 240);
});

Deno.test("svgToPng() draws text, black on white", async () => {
  assertEquals(_darkShare(await svgToPng(_svg(""))), 0);
  const text = '<text x="10" y="30" font-size="24">EMD</text>';
  const share = _darkShare(await svgToPng(_svg(text)));
  assert(share > 0.02 && share < 0.2, `${share} of the pixels are dark`);
});

Deno.test("svgToPng() draws the same letters whatever font is named", async () => {
  const named = (family: string) =>
    svgToPng(_svg(`<text x="10" y="30" font-family="${family}">Δη ≤ 2</text>`));
  const wanted = await named("DejaVu Sans");
  for (
    const family of ["Helvetica", "serif", "monospace", "No Such Font, fantasy", "", "cursive"]
  ) {
    assertEquals(await named(family), wanted, family);
  }
});

Deno.test("svgToPng() has every letter that its README promises", async () => {
  const letters = "AZaz09 é ß Δ φ η σ μ − × ± · √ ∝ ∞ ∫ ∑ ∂ ≈ ≠ ≤ ≥ ≪ ≫ ⟨ ⟩ ∈ ℓ ℏ → ↔ ² ⁻¹⁰ ₀ – “”";
  for (const letter of new Set(letters.replaceAll(" ", ""))) {
    const png = await svgToPng(_svg(`<text x="10" y="30" font-size="30">${letter}</text>`));
    assert(_darkShare(png) > 0, `${letter} is not drawn`);
  }
});

Deno.test("svgToPng() gives the same bytes for the same input, also at once", async () => {
  const svg = _svg('<circle cx="30" cy="20" r="7"/><text x="50" y="20">EMD</text>');
  const [one, other] = await Promise.all([svgToPng(svg), svgToPng(svg)]);
  assertEquals(one, other);
});

Deno.test("svgToPng() refuses scales that are not positive, and text that is not SVG", async () => {
  for (const scale of [0, -1, NaN, Infinity]) {
    await assertRejects(() => svgToPng(_svg(""), { scale }), RangeError, `value is ${scale}`);
  }
  await assertRejects(
    () => svgToPng("<p>no</p>"),
    TypeError,
    "Cannot draw PNG: the text must be SVG",
  );
});

function _svg(inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">${inside}</svg>`;
}

/** The share of pixels that are dark, for a PNG with 8 bits a channel and no interlacing. */
function _darkShare(png: Uint8Array): number {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[bytes[25]]!;
  const data: Uint8Array[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") {
      data.push(bytes.subarray(at + 8, at + 8 + length));
    }
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const rows = new Uint8Array(stride * height);
  let dark = 0;
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? rows[row * stride + i - channels] : 0;
      const up = row > 0 ? rows[(row - 1) * stride + i] : 0;
      const corner = row > 0 && i >= channels ? rows[(row - 1) * stride + i - channels] : 0;
      const predicted = [0, left, up, (left + up) >> 1, _paeth(left, up, corner)][filter];
      rows[row * stride + i] = raw[row * (stride + 1) + 1 + i] + predicted;
    }
    for (let i = 0; i < stride; i += channels) if (rows[row * stride + i] < 128) dark++;
  }
  return dark / (width * height);
}

/** The predictor of the fourth filter of PNG. */
function _paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
