import { assertAlmostEquals } from "@std/assert";
import { ConductorNet, LANES } from "../../../src/models/surrogates/closed_form_flow.ts";
import { neighbourPairs } from "../../../src/models/surrogates/closed_form_terms.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferDistances } from "../../../src/wafer/mod.ts";

/** Currents that sum to zero in each lane, cell by cell. */
function _currents(random: RandomStream): Float64Array {
  const currents = Float64Array.from({ length: CELLS * LANES }, () => random.normal());
  for (let lane = 0; lane < LANES; lane++) {
    let sum = 0;
    for (let cell = 0; cell < CELLS; cell++) sum += currents[cell * LANES + lane];
    currents[lane] -= sum;
  }
  return currents;
}

Deno.test("ConductorNet finds potentials whose flows carry the currents away (Kirchhoff)", () => {
  const distances = waferDistances();
  const currents = _currents(new RandomStream(1, "currents"));
  const phi = currents.slice();
  new ConductorNet().solve(phi);
  for (let lane = 0; lane < LANES; lane++) {
    for (let cell = 0; cell < CELLS; cell++) {
      let out = 0;
      for (let other = 0; other < CELLS; other++) {
        if (other === cell || distances[cell * CELLS + other] > 2.1) continue;
        out += phi[cell * LANES + lane] - phi[other * LANES + lane];
      }
      assertAlmostEquals(out, currents[cell * LANES + lane], 1e-12);
    }
  }
});

Deno.test("ConductorNet is reciprocal", () => {
  const random = new RandomStream(2, "currents"), net = new ConductorNet();
  const one = _currents(random), other = _currents(random);
  const [phiOfOne, phiOfOther] = [one.slice(), other.slice()];
  net.solve(phiOfOne);
  net.solve(phiOfOther);
  const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, k) => sum + v * b[k], 0);
  assertAlmostEquals(product(one, phiOfOther), product(other, phiOfOne), 1e-11);
});

Deno.test("ConductorNet: resistances between neighbours add up to 47 (Foster's theorem)", () => {
  const net = new ConductorNet();
  let sum = 0;
  for (const { from, to } of neighbourPairs()) {
    const phi = new Float64Array(CELLS * LANES);
    phi[from * LANES] = 1;
    phi[to * LANES] = -1;
    net.solve(phi);
    sum += phi[from * LANES] - phi[to * LANES];
  }
  assertAlmostEquals(sum, CELLS - 1, 1e-11);
});
