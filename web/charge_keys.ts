/** Counts by which + and - change a charge, and a digit counts. */
export const CHARGE_STEP = 10;

/**
 * The charge of a cell after a key was pressed on it.
 *
 * @param key `KeyboardEvent.key`: + and - change the charge by 10 counts, a digit sets ten times its
 * value, space and enter paint with the brush, delete and backspace empty the cell.
 * @param charge The charge before, counts.
 * @param brush The charge that the brush paints.
 * @returns The charge, >= 0; `undefined` for other keys.
 */
export function chargeAfterKey(key: string, charge: number, brush: number): number | undefined {
  if (/^[0-9]$/.test(key)) return CHARGE_STEP * Number(key);
  switch (key) {
    case "+":
    case "=": // the same key without shift
      return charge + CHARGE_STEP;
    case "-":
      return Math.max(0, charge - CHARGE_STEP);
    case " ":
    case "Enter":
      return brush;
    case "Delete":
    case "Backspace":
      return 0;
    default:
      return undefined;
  }
}
