/**
 * The whole autoencoder in one drawing: a wafer, the encoder, the codes, the decoder, a wafer.
 *
 * @module
 */
import {
  drawWafers,
  escapeXml,
  flowArrow,
  PALETTE,
  type Point,
  svgDocument,
  svgElement,
} from "../../src/experiments/mod.ts";
import type { EconFormats } from "../../src/models/types.ts";
import { asTrain } from "../../src/wafer/mod.ts";
import { NETWORK_MIDDLE, networkDrawing, type Piece } from "./network_drawing.ts";
import type { SeenLayer } from "./network_layers.ts";

/** What is drawn. */
export interface Overview {
  /** The wafer: 48 charges, train order. */
  readonly charges: readonly number[];
  /** What the decoder makes of its codes: 48 charge fractions. */
  readonly reconstruction: readonly number[];
  /** The codes of the latents. */
  readonly codes: readonly number[];
  /** EMD of wafer and reconstruction, half pitches. */
  readonly emd: number;
  /** Bits of the wafer before it is encoded. */
  readonly bitsBefore: number;
  /** Formats of the encoder. */
  readonly formats: EconFormats;
  /** Layers of the encoder. */
  readonly encoder: readonly SeenLayer[];
  /** Layers of the decoder. */
  readonly decoder: readonly SeenLayer[];
}

const PALE = "#555555";
const [ON_DETECTOR, OFF_DETECTOR] = PALETTE;
const MARGIN = 16, TITLE = 40, HEADING = 34, GAP = 40;
const ROW = 15, CODES = 230;

/**
 * Draws the encoder with its wafer above, the decoder with its wafer below, and the codes beside.
 *
 * @param overview What is drawn.
 * @returns The SVG text.
 */
export function overviewDrawing(overview: Overview): string {
  const { charges, reconstruction, codes, emd, bitsBefore, formats } = overview;
  const bits = codes.length * formats.latent.bits;
  const [before, after] = _wafers(charges, reconstruction, emd, bitsBefore);
  const encoder = networkDrawing(overview.encoder, {
    note: ({ kernel }) => `to ${(kernel.length === 4 ? formats.hidden : formats.latent).bits} bits`,
    color: ON_DETECTOR,
  });
  const decoder = networkDrawing(overview.decoder, { color: OFF_DETECTOR });

  const top = TITLE, height = HEADING + Math.max(before.height, encoder.height);
  const bottom = top + height + GAP;
  const onWidth = before.width + GAP + encoder.width + 2 * MARGIN;
  const offWidth = decoder.width + GAP + after.width + 2 * MARGIN;
  const codesAt = { x: MARGIN + onWidth + 44, y: top };
  const width = Math.max(codesAt.x + CODES, MARGIN + offWidth) + MARGIN;
  const total = bottom + height + MARGIN;

  const x = MARGIN,
    middle = (piece: Piece, row: number) => row + HEADING + (height - HEADING - piece.height) / 2;
  // Where arrows lie in either row: at half the height of the boxes.
  const across = middle(encoder, top) + NETWORK_MIDDLE,
    below = middle(decoder, bottom) + NETWORK_MIDDLE;
  const title = `From ${charges.length} trigger cells to ${codes.length} codes and back`;
  return svgDocument({ width, height: total, title }, [
    _text(title, { x, y: 26 }, 16),

    _region(
      `On the detector, in the ECON-T: the encoder, with weights of ${formats.weights.bits} bits`,
      { x, y: top },
      { width: onWidth, height },
      ON_DETECTOR,
    ),
    _at(before, x + MARGIN, middle(before, top)),
    _way([{ x: x + before.width + MARGIN, y: across }, { x: x + before.width + 50, y: across }]),
    _at(encoder, x + MARGIN + before.width + GAP, middle(encoder, top)),

    _codes(codes, formats, bits, codesAt),
    _way([{ x: x + onWidth + 6, y: across }, { x: codesAt.x - 2, y: across }]),
    _way([
      { x: codesAt.x + CODES / 2, y: top + height - 8 },
      { x: codesAt.x + CODES / 2, y: bottom - GAP / 2 },
      { x: x + MARGIN + 6, y: bottom - GAP / 2 },
      { x: x + MARGIN + 6, y: bottom - 3 },
    ]),

    _region(
      "Off the detector: the decoder, in floating-point numbers",
      { x, y: bottom },
      { width: offWidth, height },
      OFF_DETECTOR,
    ),
    _at(decoder, x + MARGIN, middle(decoder, bottom)),
    _way([{ x: x + decoder.width + 24, y: below }, { x: x + decoder.width + 58, y: below }]),
    _at(after, x + MARGIN + decoder.width + GAP, middle(after, bottom)),
  ]);
}

/** Both wafers as charge fractions, on one scale of colours. */
function _wafers(
  charges: readonly number[],
  reconstruction: readonly number[],
  emd: number,
  bits: number,
): [Piece, Piece] {
  const [x, y] = [charges, reconstruction].map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((charge) => charge / sum);
  });
  const color = {
    label: "charge fraction",
    unit: "",
    domain: [0, Math.max(...x, ...y)] as [number, number],
  };
  const draw = (title: string, subtitle: string, row: number[]) =>
    _nested(drawWafers([{ title, subtitle, charges: asTrain(row) }], { color, pitch: 20 }));
  return [
    draw("wafer", `${charges.length} trigger cells, ${bits} bits`, x),
    draw("reconstruction", `EMD ${emd.toFixed(2)} half pitches`, y),
  ];
}

function _nested(svg: string): Piece {
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!;
  // Without its white ground.
  return { svg: svg.replace(/<rect [^>]*\/>/, ""), width: Number(width), height: Number(height) };
}

function _at({ svg }: Piece, x: number, y: number): string {
  return svgElement("g", { transform: `translate(${Math.round(x)},${Math.round(y)})` }, [svg]);
}

function _region(
  heading: string,
  { x, y }: Point,
  size: { width: number; height: number },
  color: string,
): string {
  return svgElement("g", {}, [
    svgElement("rect", { x, y, ...size, rx: 8, fill: color, "fill-opacity": 0.07, stroke: color }),
    _text(heading, { x: x + MARGIN, y: y + 23 }, 13),
  ]);
}

/** A row for each code: its bits, and how large it is. */
function _codes(
  codes: readonly number[],
  { latent }: EconFormats,
  bits: number,
  { x, y }: Point,
): string {
  const digits = (code: number) => code.toString(2).padStart(latent.bits, "0");
  const bar = x + 28 + 9 * latent.bits;
  const rows = codes.map((code, k) => {
    const base = y + 34 + ROW * k;
    return svgElement("g", {}, [
      _text(`${k}`, { x: x + 18, y: base }, 11, { "text-anchor": "end", fill: PALE }),
      svgElement("text", {
        x: x + 26,
        y: base,
        "font-size": 12,
        textLength: 8 * latent.bits,
        "font-family": "DejaVu Sans, Verdana, sans-serif",
      }, [digits(code)]),
      svgElement("rect", {
        x: bar,
        y: base - 9,
        width: 0.5 + 80 * code / (2 ** latent.bits - 1),
        height: 9,
        fill: PALETTE[2],
      }),
      _text(`${code}`, { x: bar + 86, y: base }, 11, { fill: PALE }),
    ]);
  });
  return svgElement("g", {}, [
    _text(`sent: ${codes.length} × ${latent.bits} bits = ${bits} bits`, { x, y: y + 6 }, 13),
    ...rows,
  ]);
}

/** A line through corners that ends in an arrow. */
function _way(corners: readonly Point[]): string {
  const [from, to] = corners.slice(-2);
  return svgElement("g", {}, [
    svgElement("polyline", {
      points: corners.slice(0, -1).map(({ x, y }) => `${x},${y}`).join(" "),
      fill: "none",
      stroke: PALE,
      "stroke-width": 2,
    }),
    flowArrow(from, to, { width: 2, gap: 0, color: PALE, opacity: 1 }),
  ]);
}

function _text(
  text: string,
  at: Point,
  size: number,
  attributes: Record<string, string> = {},
): string {
  return svgElement("text", { ...at, "font-size": size, ...attributes }, [escapeXml(text)]);
}
