/** What receives the hits of showers: the cells of the detector, or a probe that measures a shower. */
export interface HitSink {
  /** x of the axis around which hits are recorded, for each trigger layer, cm. */
  readonly axisX: Float64Array;
  /** Its y. */
  readonly axisY: Float64Array;
  /** Farthest distance from the axis at which a hit can be recorded, for each trigger layer, cm. */
  readonly reach: Float64Array;
  /**
   * Where a hit is recorded. It is asked first, so that no energy is drawn for a hit that is not.
   *
   * @param layer Index of the trigger layer.
   * @param x x, cm.
   * @param y y, cm.
   * @returns A place, or -1.
   */
  locate(layer: number, x: number, y: number): number;
  /**
   * Adds energy.
   *
   * @param place What {@linkcode HitSink.locate} said.
   * @param energy Energy, GeV.
   */
  add(place: number, energy: number): void;
}
