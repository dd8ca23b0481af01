import type { CellOrder } from "../../wafer/cells.ts";

/**
 * Checks what all readers of wafers are told.
 *
 * @param options How the columns of charges are numbered, wafers in a table, the file's name.
 * @throws {RangeError} If the order is neither `train` nor `paper`, or chunkRows no integer >= 1.
 */
export function checkReadOptions(
  options: { order: CellOrder; chunkRows: number; source: string },
): void {
  const { order, chunkRows, source } = options;
  if (order !== "train" && order !== "paper") {
    throw new RangeError(
      `Cannot read wafers from ${source}: order must be train or paper, current value is ${order}`,
    );
  }
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    throw new RangeError(
      `Cannot read wafers from ${source}: chunkRows must be an integer >= 1, ` +
        `current value is ${chunkRows}`,
    );
  }
}
