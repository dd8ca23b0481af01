import { assert, assertEquals, assertThrows } from "@std/assert";
import { scheme } from "npm:vega@6.4.0";
import { PALETTE, textColorOn, VIRIDIS, viridis } from "../../src/experiments/color_map.ts";

Deno.test("viridis() agrees with Vega's viridis within four levels of 255", () => {
  const theirs = scheme("viridis") as (share: number) => string;
  for (let k = 0; k <= 200; k++) {
    const mine = _channels(viridis(k / 200));
    _channels(theirs(k / 200)).forEach((value, i) => {
      assert(Math.abs(value - mine[i]) <= 4, `at ${k / 200}: ${mine} and ${theirs(k / 200)}`);
    });
  }
});

Deno.test("viridis() grows lighter all along", () => {
  const luminances = Array.from({ length: 101 }, (_, k) => _luminance(viridis(k / 100)));
  luminances.forEach((value, k) => assert(k === 0 || value > luminances[k - 1], `at ${k}`));
});

Deno.test("viridis() passes through its anchors and refuses shares outside [0, 1]", () => {
  assertEquals(VIRIDIS.map((_, i) => viridis(i / (VIRIDIS.length - 1))), [...VIRIDIS]);
  for (const share of [-0.01, 1.01, NaN]) {
    assertThrows(() => viridis(share), RangeError, `current value is ${share}`);
  }
});

Deno.test("textColorOn() gives a contrast of at least 4.5 on every colour of the map", () => {
  for (let k = 0; k <= 100; k++) {
    const background = viridis(k / 100);
    const [dark, light] = [_luminance(background), _luminance(textColorOn(background))].sort();
    assert((light + 0.05) / (dark + 0.05) >= 4.5, background);
  }
});

Deno.test("PALETTE holds colours that differ and are dark enough for lines on white", () => {
  assertEquals(new Set(PALETTE).size, PALETTE.length);
  for (const color of PALETTE) assert(1.05 / (_luminance(color) + 0.05) > 1.8, color);
});

/** Red, green and blue of `#rrggbb` or `rgb(r, g, b)`. */
function _channels(color: string): number[] {
  if (color.startsWith("rgb")) return color.match(/\d+/g)!.map(Number);
  const all = parseInt(color.slice(1), 16);
  return [all >> 16, all >> 8 & 255, all & 255];
}

/** Relative luminance of WCAG 2.1. */
function _luminance(color: string): number {
  const [r, g, b] = _channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
