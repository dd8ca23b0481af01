/**
 * Networks as drawings: what lies between layers as boxes, layers as arrows from one to the next.
 *
 * @module
 */
import {
  escapeXml,
  flowArrow,
  PALETTE,
  type Point,
  svgElement,
} from "../../src/experiments/mod.ts";
import type { SeenLayer } from "./network_layers.ts";

/** A piece of a drawing with its size, pixels. */
export interface Piece {
  /** SVG elements. */
  readonly svg: string;
  /** Width. */
  readonly width: number;
  /** Height. */
  readonly height: number;
}

/** How the layers of a network are told. */
export interface NetworkDrawingOptions {
  /** A line more about a layer, for example its format; none if left out. */
  readonly note?: (layer: SeenLayer) => string;
  /** Colour of the boxes as `#rrggbb`. Default the first of {@linkcode PALETTE}. */
  readonly color?: string;
}

const INK = "#222222", PALE = "#555555";
/** Pixels a cell of an image; a vector of n numbers is VECTOR sqrt(n) high. */
const CELL = 11, VECTOR = 9, BAR = 12;
/** Width of an arrow between boxes: the longest line below it fits. */
const ARROW = 132;
/** Height of the whole; below the boxes is room for the lines of a layer. */
const HEIGHT = 216;
/** Where the arrows lie, from the top. */
export const NETWORK_MIDDLE = 92;
const ACTIVATIONS: Readonly<Record<string, string>> = {
  Relu: "ReLU",
  Sigmoid: "sigmoid",
  Softmax: "softmax",
  FakeQuantize: "ReLU, rounded",
};

/**
 * Draws layers one after the other, from left to right.
 *
 * @param layers The layers, from `seenLayers`, at least one.
 * @param options Notes and colour.
 * @returns The drawing.
 */
export function networkDrawing(
  layers: readonly SeenLayer[],
  options: NetworkDrawingOptions = {},
): Piece {
  const { note = () => "", color = PALETTE[0] } = options;
  const parts: string[] = [];
  let x = 0;
  const addBox = (shape: readonly number[], next: SeenLayer | undefined) => {
    const width = _boxWidth(shape);
    parts.push(_box(shape, { x, y: NETWORK_MIDDLE }, color));
    parts.push(_line(_shapeText(shape, next), { x: x + width / 2, y: HEIGHT - 12 }, 12, INK));
    x += width;
  };
  addBox(layers[0].input, layers[0]);
  for (const [k, layer] of layers.entries()) {
    parts.push(..._arrow(layer, x, note(layer)));
    x += ARROW;
    addBox(layer.output, layers[k + 1]);
  }
  return { svg: svgElement("g", {}, parts), width: x, height: HEIGHT };
}

/**
 * What a layer does, in a few words.
 *
 * @param layer The layer.
 * @returns For example `"convolution 3 × 3"` or `"dense, 128 to 16"`.
 */
export function layerTitle({ kind, kernel }: SeenLayer): string {
  const [rows, columns] = kernel;
  if (kind === "dense") return `dense, ${rows} to ${columns}`;
  return `${kind === "convolution" ? kind : "transp. conv."} ${rows} × ${columns}`;
}

/** A shape, and the other one in which the next layer takes the same numbers. */
function _shapeText(shape: readonly number[], next: SeenLayer | undefined): string {
  const shapes = [shape, next?.input ?? shape].map((sizes) => sizes.join(" × "));
  return [...new Set(shapes)].join(" = ");
}

/** The lines of a layer above and below its arrow. */
function _arrow(layer: SeenLayer, x: number, note: string): string[] {
  const middle = x + ARROW / 2;
  const below = [
    `${layer.parameters.toLocaleString("en")} parameters`,
    layer.others.includes("gamma") ? "batch normalisation" : "",
    ACTIVATIONS[layer.activation ?? ""] ?? "",
    note,
  ].filter((line) => line !== "");
  return [
    flowArrow({ x: x + 12, y: NETWORK_MIDDLE }, { x: x + ARROW - 12, y: NETWORK_MIDDLE }, {
      width: 2,
      gap: 0,
      color: PALE,
      opacity: 1,
    }),
    _line(layer.name.replace(/^.*\//, ""), { x: middle, y: NETWORK_MIDDLE - 30 }, 13, INK),
    _line(layerTitle(layer), { x: middle, y: NETWORK_MIDDLE - 13 }, 11, PALE),
    ...below.map((line, k) =>
      _line(line, { x: middle, y: NETWORK_MIDDLE + 22 + 15 * k }, 11, PALE)
    ),
  ];
}

function _boxWidth(shape: readonly number[]): number {
  return shape.length === 1 ? BAR : _thickness(shape) + _depth(shape);
}

/** Width of the front of an image's box: the more channels, the wider. */
function _thickness([, , channels]: readonly number[]): number {
  return 5 * Math.sqrt(channels);
}

function _depth([, width]: readonly number[]): number {
  return 0.4 * CELL * width;
}

/** A vector as a bar, an image as a box: as high and deep as it has rows and columns. */
function _box(shape: readonly number[], { x, y }: Point, fill: string): string {
  const looks = { fill, stroke: INK, "stroke-width": 1 };
  if (shape.length === 1) {
    const height = VECTOR * Math.sqrt(shape[0]);
    return svgElement("rect", {
      x,
      y: y - height / 2,
      width: BAR,
      height,
      ...looks,
      "fill-opacity": 0.55,
    });
  }
  const height = CELL * shape[0], width = _thickness(shape), depth = _depth(shape);
  const top = y - (height - depth) / 2, bottom = top + height;
  const right = x + width, back = right + depth;
  const face = (points: readonly (readonly [number, number])[], opacity: number) =>
    svgElement("polygon", {
      points: points.map((point) => point.join()).join(" "),
      ...looks,
      "fill-opacity": opacity,
      "stroke-linejoin": "round",
    });
  return svgElement("g", {}, [
    face([[x, top], [right, top], [right, bottom], [x, bottom]], 0.55),
    face([[x, top], [x + depth, top - depth], [back, top - depth], [right, top]], 0.2),
    face([[right, top], [back, top - depth], [back, bottom - depth], [right, bottom]], 0.35),
  ]);
}

function _line(text: string, at: Point, size: number, fill: string): string {
  return svgElement("text", { ...at, "font-size": size, fill, "text-anchor": "middle" }, [
    escapeXml(text),
  ]);
}
