/**
 * Events of known shapes: points with random energies on a ring, on a segment, or around prongs.
 *
 * @module
 */
import type { RandomStream } from "../../src/numerics/mod.ts";

/** The shapes. */
export const TOY_SHAPES = ["ring", "segment", "two prongs", "three prongs"] as const;

/** The shape of an event. */
export type ToyShape = typeof TOY_SHAPES[number];

/** An event: points in the plane that hold energy. */
export interface ToyEvent {
  /** Energy of each point, of total one. */
  readonly energies: Float64Array;
  /** x and y of each point in turn. */
  readonly positions: Float64Array;
}

/** Points of an event. */
const POINTS = 36;

/** Where a point of each shape may lie, before it is blurred. */
const PLACES: Record<ToyShape, (random: RandomStream, point: number) => [number, number]> = {
  ring: (random) => _onCircle(2 * Math.PI * random.uniform()),
  segment: (random) => [2 * random.uniform() - 1, 0],
  "two prongs": (_, point) => [point % 2 === 0 ? -1 : 1, 0],
  "three prongs": (_, point) => _onCircle(2 * Math.PI * (point % 3) / 3),
};

/**
 * Draws an event of a shape of size about one, anywhere and turned anyhow.
 *
 * @param shape The shape.
 * @param random Where random numbers come from.
 * @param blur Standard deviation of each coordinate around the shape.
 * @returns The event, of 36 points with exponential energies.
 */
export function drawToyEvent(shape: ToyShape, random: RandomStream, blur: number): ToyEvent {
  const energies = new Float64Array(POINTS), positions = new Float64Array(2 * POINTS);
  const turn = 2 * Math.PI * random.uniform(), cosine = Math.cos(turn), sine = Math.sin(turn);
  const centre = [random.normal(), random.normal()];
  let total = 0;
  for (let point = 0; point < POINTS; point++) {
    const [x, y] = PLACES[shape](random, point);
    positions[2 * point] = centre[0] + cosine * x - sine * y + blur * random.normal();
    positions[2 * point + 1] = centre[1] + sine * x + cosine * y + blur * random.normal();
    total += energies[point] = random.exponential();
  }
  return { energies: energies.map((energy) => energy / total), positions };
}

function _onCircle(angle: number): [number, number] {
  return [Math.cos(angle), Math.sin(angle)];
}
