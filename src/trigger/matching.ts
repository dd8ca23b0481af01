import type { Cluster, TriggerParticle } from "./types.ts";

/**
 * The cluster of a particle: of those within Delta R of its direction the one with the most transverse
 * energy,
 *
 *     Delta R = sqrt((eta - eta_gen)^2 + (phi - phi_gen)^2) < 0.05,
 *
 * with phi - phi_gen taken into [-pi, pi].
 *
 * @param clusters The clusters of an event.
 * @param particle What was generated.
 * @param deltaR How near the cluster must be, 0.05 unless told otherwise.
 * @returns The cluster, or `undefined` if none is near.
 *
 * Source: the code published with the paper.
 *
 * @example
 * ```ts
 * import { matchedCluster } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const cluster = { pT: 20, eta: 2.01, phi: Math.PI - 0.01, layerPt: new Float64Array(14) };
 * assertEquals(matchedCluster([cluster], { pT: 21, eta: 2, phi: -Math.PI + 0.01 }), cluster);
 * assertEquals(matchedCluster([cluster], { pT: 21, eta: 2.1, phi: Math.PI }), undefined);
 * ```
 */
export function matchedCluster(
  clusters: readonly Cluster[],
  particle: TriggerParticle,
  deltaR = 0.05,
): Cluster | undefined {
  let matched: Cluster | undefined;
  for (const cluster of clusters) {
    const distance = Math.hypot(cluster.eta - particle.eta, _turn(cluster.phi - particle.phi));
    if (distance < deltaR && cluster.pT > (matched?.pT ?? 0)) matched = cluster;
  }
  return matched;
}

/** An angle within [-pi, pi]. */
function _turn(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
