/**
 * What a flow through an edge of a chain or a tree costs: |flow|^rho.
 *
 * @module
 */

/**
 * The slope of |flow|^rho, `rho |flow|^(rho - 1) sign(flow)`; 0 for no flow, which for rho = 1 is one
 * subgradient of several. The cost itself is `flow * slope / rho`, so that one power serves both.
 */
export function flowSlope(flow: number, rho: number): number {
  // The two exponents of practice need no power, which would take most of the time.
  if (rho === 1) return Math.sign(flow);
  if (rho === 2) return 2 * flow;
  return rho * Math.abs(flow) ** (rho - 1) * Math.sign(flow);
}

/**
 * Checks an exponent.
 *
 * @param what What is being computed, for errors.
 * @param rho The exponent.
 * @throws {RangeError} If it is below 1 or not finite: the cost would not be convex.
 */
export function checkExponent(what: string, rho: number): void {
  if (rho >= 1 && rho < Infinity) return;
  throw new RangeError(
    `Cannot compute ${what}: rho must be finite and >= 1, current value is ${rho}`,
  );
}
