/**
 * Laying a shape over an event: what the spectral EMD does not see, needed to draw what it found.
 *
 * @module
 */
import { wassersteinP } from "../../src/transport/mod.ts";
import type { ToyEvent } from "./toy_events.ts";

/** Angles that are tried. */
const TURNS = 60;

/**
 * Shifts, turns and mirrors points so that they lie over an event as well as they can: their centre
 * at the centre of the event, and turned by that multiple of six degrees for which the squared
 * 2-Wasserstein distance is least.
 *
 * @param points The points, of the event's total energy.
 * @param event The event.
 * @returns x and y of the points in turn, after the motion.
 */
export function alignShape(points: ToyEvent, event: ToyEvent): Float64Array {
  const from = _centre(points), to = _centre(event);
  let best = { value: Infinity, positions: points.positions };
  for (const mirror of [1, -1]) {
    for (let turn = 0; turn < TURNS; turn++) {
      const angle = 2 * Math.PI * turn / TURNS, cosine = Math.cos(angle), sine = Math.sin(angle);
      const positions = points.positions.slice();
      for (let k = 0; k < positions.length; k += 2) {
        const x = positions[k] - from[0], y = mirror * (positions[k + 1] - from[1]);
        positions[k] = to[0] + cosine * x - sine * y;
        positions[k + 1] = to[1] + sine * x + cosine * y;
      }
      const { value } = wassersteinP({ energies: points.energies, positions }, event);
      if (value < best.value) best = { value, positions };
    }
  }
  return best.positions;
}

function _centre({ energies, positions }: ToyEvent): [number, number] {
  let x = 0, y = 0, total = 0;
  energies.forEach((energy, k) => {
    x += energy * positions[2 * k];
    y += energy * positions[2 * k + 1];
    total += energy;
  });
  return [x / total, y / total];
}
