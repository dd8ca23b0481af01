import { initWasm, Resvg } from "npm:@resvg/resvg-wasm@2.6.2";
import font from "../../data/fonts/dejavu_sans.json" with { type: "json" };
import { resvgWasm } from "./_resvg_wasm.mjs";

/**
 * Draws an SVG as PNG, with resvg compiled to WebAssembly. Needs no browser and no permission.
 *
 * All text is drawn in DejaVu Sans, whatever font the SVG names: a subset with Latin, Greek and the
 * usual mathematical signs is part of the module (`data/fonts/README.md` lists it).
 *
 * @param svg The SVG text.
 * @param options `scale`: pixels of the PNG per unit of the SVG; default 2, which prints well.
 * @returns The bytes of the PNG, on a white ground; equal input gives equal bytes.
 * @throws {RangeError} If the scale is not positive and finite.
 * @throws {TypeError} If the text is not SVG.
 *
 * @example
 * ```ts
 * import { svgToPng } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">
 *   <text x="5" y="15">Δη ≤ 2</text>
 * </svg>`;
 * const png = await svgToPng(svg, { scale: 1 });
 * assertEquals([...png.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join(""), "PNG");
 * ```
 */
export async function svgToPng(
  svg: string,
  options: { scale?: number } = {},
): Promise<Uint8Array> {
  const scale = options.scale ?? 2;
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(
      `Cannot draw PNG: scale must be positive and finite, current value is ${scale}`,
    );
  }
  await _ready();
  const renderer = _read(svg, scale);
  try {
    const image = renderer.render();
    try {
      return Uint8Array.from(image.asPng());
    } finally {
      image.free();
    }
  } finally {
    renderer.free();
  }
}

/** The renderer may be started only once in a process. */
let _starting: Promise<void> | undefined;
let _fontBytes: Uint8Array | undefined;

function _ready(): Promise<void> {
  _starting ??= initWasm(resvgWasm);
  return _starting;
}

function _read(svg: string, scale: number): InstanceType<typeof Resvg> {
  _fontBytes ??= Uint8Array.fromBase64(font.base64);
  const { family } = font;
  try {
    return new Resvg(svg, {
      background: "#ffffff",
      fitTo: { mode: "zoom", value: scale },
      font: {
        fontBuffers: [_fontBytes],
        // Each of the generic families, so that no name that an SVG may use is without letters.
        defaultFontFamily: family,
        serifFamily: family,
        sansSerifFamily: family,
        cursiveFamily: family,
        fantasyFamily: family,
        monospaceFamily: family,
      },
    });
  } catch (cause) {
    throw new TypeError(`Cannot draw PNG: the text must be SVG: ${cause}`, { cause });
  }
}
