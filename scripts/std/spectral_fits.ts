/**
 * Shapes fitted to one event by the spectral EMD, and laid over it for drawing.
 *
 * @module
 */
import {
  fitProngs,
  fitSpectralShape,
  fitTwoProngs,
  RING,
  SEGMENT,
} from "../../src/transport/mod.ts";
import { alignShape } from "./align_shape.ts";
import type { CloudPanel, CloudRow } from "./draw_clouds.ts";
import { TOY_SHAPES, type ToyEvent, type ToyShape } from "./toy_events.ts";

/**
 * The shapes that compete for an event. Three prongs do not: they have more unknowns than the others,
 * and two prongs are a case of them.
 */
export const COMPARED_SHAPES = ["ring", "segment", "two prongs"] as const;

/** How well a shape fits, and what to draw of it. */
export interface ShapeFit {
  /** 1 where the shape has the pair distances of the event, 0 where a single point fits as well. */
  readonly likeness: number;
  /** The fitted shape, laid over the event. */
  readonly overlay: () => CloudPanel["overlay"];
}

/** Points of a line that is drawn. */
const LINE_POINTS = 24;

/**
 * Fits a shape to an event.
 *
 * @param shape The shape.
 * @param event The event, of at least three points.
 * @returns The fit.
 */
export function fitShape(shape: ToyShape, event: ToyEvent): ShapeFit {
  switch (shape) {
    case "ring": {
      const { likeness, size } = fitSpectralShape(event, RING);
      return { likeness, overlay: () => _line(event, size, true, _onCircle) };
    }
    case "segment": {
      const { likeness, size } = fitSpectralShape(event, SEGMENT);
      return { likeness, overlay: () => _line(event, size, false, (part) => [part, 0]) };
    }
    case "two prongs": {
      const { likeness, fraction, separation } = fitTwoProngs(event), total = _total(event);
      const energies = Float64Array.of(total * fraction, total * (1 - fraction));
      const positions = Float64Array.of(0, 0, separation, 0);
      return { likeness, overlay: () => _points(event, { energies, positions }) };
    }
    case "three prongs": {
      const { likeness, energies, positions } = fitProngs(event, 3);
      return { likeness, overlay: () => _points(event, { energies, positions }) };
    }
  }
}

/**
 * By how much each of the competing shapes is ahead of the best of the others.
 *
 * @param event The event.
 * @returns The lead in likeness of each of {@linkcode COMPARED_SHAPES}; that of the best is positive.
 */
export function leads(event: ToyEvent): number[] {
  const likeness = COMPARED_SHAPES.map((shape) => fitShape(shape, event).likeness);
  return likeness.map((own, s) => own - Math.max(...likeness.filter((_, other) => other !== s)));
}

/**
 * A row of a drawing: an event with each shape laid over it, the best one marked.
 *
 * @param label Text at the left.
 * @param event The event.
 * @returns The row, one panel a shape.
 */
export function fitRow(label: string, event: ToyEvent): CloudRow {
  const ahead = leads(event);
  const panels = TOY_SHAPES.map((shape, s): CloudPanel => {
    const { likeness, overlay } = fitShape(shape, event);
    return { event, overlay: overlay(), note: likeness.toFixed(3), marked: ahead[s] > 0 };
  });
  return { label, panels };
}

function _points(event: ToyEvent, points: ToyEvent): CloudPanel["overlay"] {
  const { energies } = points;
  return { kind: "points", points: { energies, positions: alignShape(points, event) } };
}

/** A line through points of equal energy, at parts of it from 0 to 1. */
function _line(
  event: ToyEvent,
  size: number,
  closed: boolean,
  place: (part: number) => readonly number[],
): CloudPanel["overlay"] {
  const steps = closed ? LINE_POINTS : LINE_POINTS - 1;
  const places = Array.from({ length: LINE_POINTS }, (_, k) => place(k / steps));
  const energies = new Float64Array(LINE_POINTS).fill(_total(event) / LINE_POINTS);
  const positions = Float64Array.from(places.flat(), (coordinate) => size * coordinate);
  return { kind: "line", closed, positions: alignShape({ energies, positions }, event) };
}

function _onCircle(part: number): readonly number[] {
  return [Math.cos(2 * Math.PI * part), Math.sin(2 * Math.PI * part)];
}

function _total({ energies }: ToyEvent): number {
  return energies.reduce((sum, energy) => sum + energy, 0);
}
