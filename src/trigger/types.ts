/** How charges of wafers travel from the detector to the trigger, and at which cost. */
export interface WaferCodec {
  /** Its name, for tables and legends. */
  readonly name: string;
  /**
   * The charges that the trigger gets for those of wafers.
   *
   * @param charges Transverse charges in MIP_T, 48 for each wafer in train order, row-major; finite,
   * >= 0, and no wafer is empty. Not to be changed.
   * @returns As many charges in MIP_T, >= 0.
   */
  transmit(charges: Float64Array): ArrayLike<number> | Promise<ArrayLike<number>>;
  /**
   * Bits that the wafers take together, with headers, before they are padded to whole words.
   *
   * @param charges The charges, as for `transmit`.
   * @returns Bits.
   */
  bits(charges: Float64Array): number;
}

/** The trigger cells of wafers, seen from the collision point. */
export interface TriggerCells {
  /** Number of wafers. */
  readonly count: number;
  /** Transverse charges in MIP_T, 48 for each wafer in train order. */
  readonly charges: Float64Array;
  /** x/z of each cell, in the frame of the endcap at z > 0. */
  readonly x: Float64Array;
  /** y/z of each cell. */
  readonly y: Float64Array;
  /** For each wafer the index of its trigger layer, 0 for layer 1 to 13 for layer 27. */
  readonly layer: Uint8Array;
}

/** The generated particle of an event, in the frame of the endcap at z > 0. */
export interface TriggerParticle {
  /** Transverse momentum, GeV. */
  readonly pT: number;
  /** |eta|. */
  readonly eta: number;
  /** Azimuth at the front of the calorimeter, in [-pi, pi]. */
  readonly phi: number;
}

/** An endcap's wafers of one event: rows of a table. */
export interface TriggerEvent {
  /** Number of the event. */
  readonly event: number;
  /** Row of its first wafer. */
  readonly first: number;
  /** Row after its last wafer. */
  readonly end: number;
  /** What was generated. */
  readonly particle: TriggerParticle;
}

/** A cluster of trigger cells around a seed. */
export interface Cluster {
  /** Transverse energy of all trigger layers, GeV. */
  readonly pT: number;
  /** |eta| of its centroid. */
  readonly eta: number;
  /** Azimuth of its centroid, in [-pi, pi]. */
  readonly phi: number;
  /** Transverse energy in each of the 14 trigger layers, GeV. */
  readonly layerPt: Float64Array;
}
