/**
 * Every constant of the simulation, with where it comes from:
 *
 * - published: read in public code or papers of CMS and of the shower parameterisations;
 * - derived: computed here from published numbers;
 * - tuned: chosen so that the simulation meets published figures (`scripts/validate_simulation.ts`
 *   compares). Agreement with those figures is no independent check.
 *
 * Lengths are in cm, energies and transverse momenta in GeV, depths in radiation lengths (X0), charges
 * in mean charges of a minimum-ionising particle (MIP) or in counts of the converter.
 *
 * @module
 */

/** Layers and sensors of the electromagnetic section of the calorimeter. */
const GEOMETRY = {
  /**
   * Flat-to-flat width of a hexagonal wafer with its share of the gap: 166.4408 mm and 1 mm.
   * Published (CMSSW `hgcal.xml`, geometry v12).
   */
  waferPitch: 16.74408,
  /** z of the sensors of layers 1 to 28. Derived from the published stack of geometry v12. */
  // deno-fmt-ignore
  layerZ: [
    322.103, 323.047, 325.073, 326.017, 328.043, 328.987, 331.013, 331.957, 333.983, 334.927,
    336.953, 337.897, 339.923, 340.867, 342.893, 343.837, 345.863, 346.807, 348.833, 349.777,
    351.803, 352.747, 354.773, 355.717, 357.743, 358.687, 360.713, 361.657,
  ],
  /** Depth of the sensors at normal incidence, X0. Derived from the stack and standard X0. */
  // deno-fmt-ignore
  layerDepth: [
    0.45, 1.44, 2.30, 3.29, 4.15, 5.14, 6.00, 6.99, 7.85, 8.84, 9.70, 10.69, 11.55, 12.55, 13.40,
    14.40, 15.25, 16.25, 17.10, 18.10, 18.95, 19.95, 20.80, 21.80, 22.66, 23.65, 24.51, 25.50,
  ],
  /** How far behind the last sensor a deposit still counts for it, X0. Derived: half an interval. */
  lastHalfInterval: 0.5,
  /**
   * Radius below which sensors are 120 um thick and of high density, as a polynomial in
   * max(z, `thicknessFromZ`), highest power first. Published (CMSSW `hgcal.xml`).
   */
  radius120um: [-1.60163e-6, 2.50640e-3, -1.46943, 382.025, -37056.90],
  /** Likewise the radius below which sensors are 200 um thick; outside they have 300 um. Published. */
  radius200um: [-4.43240e-7, 7.70078e-4, -0.497013, 140.778, -14634.0],
  /** Smallest z in those polynomials. Published. */
  thicknessFromZ: 335,
  /** z at which the outer edge of the layers begins to open. Published. */
  frontZ: 321.05,
  /** Radius of the outer edge at `frontZ`. Published. */
  outerRadius: 152.33,
  /** How fast the outer edge opens, dr/dz. Published. */
  outerSlope: 0.3184,
  /** Trigger cells with their centre inside this radius are not read. Derived from 30.45 cm. */
  innerCellRadius: 31,
  /** Wafers with their centre inside this radius are not recorded. Derived: none is there. */
  innerWaferRadius: 28,
  /** How far inside the outer edge the centre of a recorded wafer is. Derived. */
  outerWaferMargin: 2,
  /**
   * Wafers are recorded whose centre is within recordedSlope * z + waferPitch / sqrt(3) of the axis of
   * the generated particle: twice the size of the trigger's clusters. Chosen.
   */
  recordedSlope: 0.03,
};

/** The converter, its noise, and what is sent to the trigger. */
const ELECTRONICS = {
  /** Counts for the mean charge of a MIP in 200 um: 3.43 fC at 100/1024 fC a count. Published. */
  countsPerMip: 3.43 / (100 / 1024),
  /** Noise of a sensor cell in sensors of 120, 200 and 300 um, MIP. Published. */
  noiseMip: [0.3204 / 2.06, 0.3845 / 3.43, 0.3204 / 5.15],
  /** Cells below so many standard deviations of noise are set to zero. Published. */
  zeroSuppression: 3,
  /** Steps of the fixed-point factor 1 / cosh(eta). Published. */
  transverseSteps: 4096,
  /**
   * Shower energy for which a MIP in one layer stands: 10.94 MeV lost in a layer, over the published
   * response of 0.77. Published.
   */
  gevPerMip: 0.0142,
};

/** Electromagnetic showers: the form of GFLASH (Grindhammer and Peters, hep-ex/0001020). */
const SHOWER = {
  /** Critical energy of the stack. Published (CMS, HGCAL-FastShower). */
  criticalEnergy: 0.011,
  /** Smallest energy over critical energy for which the formulas are used. Chosen. */
  leastScaledEnergy: 20,
  /** Mean logarithm of the maximum T: ln(a + b ln y). Published. */
  meanLogT: [-1.396, 1.007],
  /** Mean logarithm of the shape alpha: ln(a + b ln y). Published. */
  meanLogAlpha: [-0.0433, 0.540],
  /** Spread of ln T: 1 / (a + b ln y). Published. */
  spreadLogT: [-2.506, 1.245],
  /** Spread of ln alpha: 1 / (a + b ln y). Published; HGCAL-FastShower prints -0.08442 by a slip. */
  spreadLogAlpha: [-0.8442, 0.7904],
  /** Largest spread of either. Chosen. */
  largestSpread: 0.5,
  /** Correlation of ln T and ln alpha: a + b ln y. Published. */
  correlation: [0.7858, -0.0232],
  /** Smallest alpha. Chosen. */
  leastAlpha: 1.05,
  /** Effective atomic number, for the radial profile: lead. Chosen. */
  atomicNumber: 27.6,
  /** Inverse of the sampling frequency's factor F_S, for the radial profile. Chosen. */
  inverseSamplingFactor: 1.06,
  /** Response to electrons over that to MIPs, e/mip. Chosen: lead and silicon. */
  electronOverMip: 0.85,
  /** Smallest energy in the radial profile's logarithm. Chosen. */
  leastProfileEnergy: 0.3,
  /** Molière radius of the stack. Tuned: 90 % of the energy within 2.8 cm. */
  moliereRadius: 2.1,
  /** Share of the radial distribution that is kept, and largest radius in Molière radii. Chosen. */
  radialShare: 0.99,
  largestRadius: 5,
  /**
   * Energy of a spot: the square of the sampling term of all 28 layers, 0.20 sqrt(GeV). Derived from
   * the technical design report's 20 to 24 %.
   */
  spotEnergy: 0.040,
  /** A spot leaves so many hits in its layer, each with a gamma-distributed energy of this shape. */
  hitsPerSpot: 3,
  /**
   * Depth of a shower's start in front of the first layer's interval, X0. Of electrons tuned to the
   * published layer profile: their radiation in the tracker is simulated and begins the shower.
   * Others chosen.
   */
  startDepth: { electron: 0.5, photon: 1.05, pileUp: 1.0 },
};

/** Material in front of the calorimeter. Tuned to the published raw response and eta correction. */
const UPSTREAM = {
  /** Energy is lost with an exponential distribution of mean a exp(-(max(eta, 1.5) - 1.6) / b). */
  meanLoss: [0.09, 0.25],
  /** Spread of the response that does not shrink with energy. */
  constantTerm: 0.03,
  /** Smallest share of the energy that arrives. */
  leastShare: 0.05,
  /** Thickness in X0: a + b exp(-((eta - 1.5) / c)^2). */
  thickness: [0.75, 0.95, 0.35],
  /** Share of the thickness in which an electron radiates: Gamma(share x0 / ln 2). */
  radiatingShare: 0.75,
  /** Smallest share of the energy that an electron keeps. */
  leastElectronShare: 0.03,
  /** An electron radiates 1 + Poisson(this) photons, with energies from a Dirichlet distribution. */
  furtherPhotons: 0.8,
  photonShares: 0.7,
  /** Photons below this energy are dropped. */
  leastPhotonEnergy: 0.05,
  /** Radii in m between which photons are radiated. Published: the tracker. */
  radiatingRadius: [0.03, 1.1],
  /** z in m at which tracks reach the calorimeter. Derived. */
  calorimeterZ: 3.2,
  /** Bending in 3.8 T: a track of pT has left its tangent by this * r^2 / pT (r in m). Derived. */
  bending: 0.57,
  /** Smallest mean share of the energy in the bending of the electron. Chosen. */
  leastBendingShare: 0.2,
  /** Largest shift of a photon, cm. Chosen. */
  largestShift: 60,
};

/**
 * Pile-up: particles of other collisions. Numbers and mean pT of particles are near those of
 * minimum-bias events; they, the hadron's response and width, and the soft hits are tuned together to
 * the published numbers of cells with charge and charge sums. Others as said.
 */
const PILE_UP = {
  /** Interactions that count for one of the nominal number: those of neighbouring crossings. */
  interactions: 1.05,
  /** Half-opening in slope (r/z) around the axis in which pile-up is made. Chosen: no edge is seen. */
  discRadius: 0.095,
  /** |eta| between which there is pile-up. */
  etaRange: [1.40, 3.15],
  /** Photons in an interaction in a unit of (eta, phi), and their mean pT. */
  photons: { density: 0.90, meanPt: 0.40 },
  /** Likewise charged hadrons. */
  charged: { density: 1.03, meanPt: 0.60 },
  /** Likewise neutral hadrons. */
  neutral: { density: 0.19, meanPt: 0.75 },
  /** pT follows a gamma distribution of this shape. */
  ptShape: 2,
  /** Mean number of layers to a hadron's interaction. Published: CE-E has 1.35 interaction lengths. */
  layersToInteraction: 28 / 1.35,
  /** Share of a hadron's energy that its shower leaves in spots. */
  hadronResponse: 0.78,
  /** Layers from the interaction to a spot: gamma-distributed, [shape, scale]. */
  hadronDepth: [1.8, 6.0],
  /** Mean distance of a spot's hits from the hadron's line, cm. */
  hadronRadius: 1.1,
  /** Shape of the gamma distribution of a MIP's charge in a layer. */
  mipShape: 6,
  /**
   * Soft hits of curling tracks, conversions and backscattering: in layer l, in an interaction, in a
   * unit of (eta, phi), density exp(-l / layerDecay) (cosh(eta) / cosh(2))^etaPower hits.
   */
  softHits: { density: 5.4, layerDecay: 2.6, etaPower: 1.15, coshReference: 3.76 },
  /** Mean charge of a soft hit, MIP; it fluctuates as that of a hit of a shower. */
  softCharge: 1.15,
};

/** Makes an object and all in it unchangeable. */
function _frozen<const T extends object>(value: T): Frozen<T> {
  for (const part of Object.values(value)) if (typeof part === "object") _frozen(part);
  return Object.freeze(value) as Frozen<T>;
}

/** A type whose parts, at any depth, cannot be changed. */
export type Frozen<T> = { readonly [K in keyof T]: T[K] extends object ? Frozen<T[K]> : T[K] };

/** The constants, by what they describe. */
export const SIMULATION = _frozen({
  geometry: GEOMETRY,
  electronics: ELECTRONICS,
  shower: SHOWER,
  upstream: UPSTREAM,
  pileUp: PILE_UP,
});
