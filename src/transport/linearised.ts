import { emd } from "./emd.ts";
import { type CheckedCloud, type PointCloud, pointCloud, pointCosts } from "./point_cloud.ts";

const TASK = "linearise transport";

/**
 * Linearised optimal transport: events as vectors whose plain Euclidean distance stands for the
 * 2-Wasserstein distance.
 *
 * A fixed reference of fractions s_i at points z_i is moved onto each event once, along the best plan f
 * for squared distances. Point i goes to the mean of where its energy goes (the barycentric projection),
 *
 *     T(z_i) = sum_j f_ij x_j / s_i
 *
 * and the event is embedded as the vector of all `sqrt(s_i) T(z_i)`. The linearised distance of two
 * events is the distance of their vectors, `LOT^2 = sum_i s_i |T(z_i) - T'(z_i)|^2`. So N events take N
 * transports instead of N (N - 1) / 2, and whatever works on vectors works on events.
 *
 * Shapes alone are compared: energies are divided by their total. Where the best plans split no
 * reference point, the distance is that of one admissible plan between both events, thus at least
 * W_2. On a line and for shifted copies it is W_2 itself.
 *
 * @see Cai, Cheng, Craig and Craig, Phys. Rev. D 102 (2020) 116019, arXiv 2008.08604
 *
 * @example A shifted event is as far away as it was shifted
 * ```ts
 * import { linearisedDistance, LinearisedTransport } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const reference = { energies: [1, 1, 1], positions: [[0, 0], [1, 0], [0, 1]] };
 * const transport = new LinearisedTransport(reference);
 * const jet = { energies: [30, 20], positions: [[0.2, 0.1], [0.9, 0.4]] };
 * const shifted = { energies: [30, 20], positions: [[3.2, 4.1], [3.9, 4.4]] };
 * const distance = linearisedDistance(transport.embed(jet), transport.embed(shifted));
 * assertAlmostEquals(distance, 5);
 * ```
 */
export class LinearisedTransport {
  readonly #reference: CheckedCloud;

  /**
   * Keeps a reference.
   *
   * @param reference The points from which all events are seen, for example a grid, or the mean of a
   * sample; more points see finer. Points without energy are left out.
   * @throws {TypeError | RangeError} As {@linkcode pointCloud}.
   */
  constructor(reference: PointCloud) {
    this.#reference = _fractions(pointCloud(reference, TASK, "reference"));
  }

  /** Numbers in an embedded event: points of the reference with energy, times their dimension. */
  get length(): number {
    return this.#reference.positions.length;
  }

  /**
   * Where the points of the reference go.
   *
   * @param event The event, of the reference's dimension; energies of any scale.
   * @returns T(z_i), the coordinates of each in turn, for the points of the reference that hold energy.
   * @throws {TypeError | RangeError} As {@linkcode pointCloud}, or if the dimension is another.
   */
  map(event: PointCloud): Float64Array {
    const from = this.#reference, to = _fractions(pointCloud(event, TASK, "event"));
    const { dimension } = from;
    if (to.dimension !== dimension) {
      throw new TypeError(
        `Cannot ${TASK}: points of the event must have the reference's dimension, ${dimension}, current value is ${to.dimension}`,
      );
    }
    const { plan, status, pivots } = emd(from.energies, to.energies, pointCosts(from, to, 2));
    if (status !== "optimal") throw new Error(`Cannot ${TASK}: no optimum after ${pivots} pivots`);
    const images = new Float64Array(from.positions.length);
    for (let i = 0; i < from.count; i++) {
      for (let j = 0; j < to.count; j++) {
        const share = plan[i * to.count + j] / from.energies[i];
        if (share === 0) continue;
        for (let axis = 0; axis < dimension; axis++) {
          images[i * dimension + axis] += share * to.positions[j * dimension + axis];
        }
      }
    }
    return images;
  }

  /**
   * An event as a vector.
   *
   * @param event The event, of the reference's dimension; energies of any scale.
   * @returns `sqrt(s_i) T(z_i)`, of {@linkcode length} numbers.
   * @throws {TypeError | RangeError} As {@linkcode map}.
   */
  embed(event: PointCloud): Float64Array {
    const { energies, dimension } = this.#reference;
    return this.map(event).map((image, k) =>
      Math.sqrt(energies[Math.floor(k / dimension)]) * image
    );
  }
}

/**
 * The linearised distance of two embedded events: the Euclidean distance of their vectors.
 *
 * @param a A vector that {@linkcode LinearisedTransport} made.
 * @param b Another one, from the same reference.
 * @returns The distance, a length.
 * @throws {TypeError} If their lengths differ.
 *
 * @example
 * ```ts
 * import { linearisedDistance } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linearisedDistance(Float64Array.of(0, 0), Float64Array.of(3, 4)), 5);
 * ```
 */
export function linearisedDistance(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) {
    throw new TypeError(
      `Cannot compute a linearised distance: vectors must have the same length, current lengths are ${a.length} and ${b.length}`,
    );
  }
  let square = 0;
  for (let k = 0; k < a.length; k++) square += (a[k] - b[k]) ** 2;
  return Math.sqrt(square);
}

/** The points that hold energy, with fractions of the total. */
function _fractions(cloud: CheckedCloud): CheckedCloud {
  const { dimension, total } = cloud;
  const energies = cloud.energies.filter((energy) => energy > 0).map((energy) => energy / total);
  const positions = cloud.positions.filter((_, k) => cloud.energies[Math.floor(k / dimension)] > 0);
  return { count: energies.length, dimension, energies, positions, total: 1 };
}
