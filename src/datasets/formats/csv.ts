/**
 * Reading wafers from CSV text, a piece at a time.
 *
 * The parser is our own because a wrong line must be found and named. Of the packages tried, udsv
 * joins a line with too few fields to the next one without a word and reads text as NaN, and
 * papaparse counts records, not lines. What is left without them is splitting lines at commas.
 *
 * @module
 */
import type { CellOrder } from "../../wafer/cells.ts";
import { lineError, WaferRows } from "./csv_rows.ts";
import { checkReadOptions } from "./read_options.ts";
import type { WaferTable } from "../wafer_table.ts";
import { wholeEvents } from "./whole_events.ts";

/** Options of {@linkcode parseWaferCsv}. */
export interface WaferCsvOptions {
  /**
   * How the columns CALQ_0 to CALQ_47 (and TC_DATA_0 to TC_DATA_47) are numbered; `paper` columns
   * are put into train order.
   *
   * @default {"train"}
   */
  order?: CellOrder;
  /**
   * Wafers in a table. The last table may have fewer, and one has more where its last event goes on.
   *
   * @default {8192}
   */
  chunkRows?: number;
  /**
   * The file's name in errors.
   *
   * @default {"CSV"}
   */
  source?: string;
  /**
   * Further columns that hold texts even where these look like numbers.
   *
   * @default {[]}
   */
  textColumns?: readonly string[];
}

/** Line of a row: the header is line 1, and no line between two of wafers is blank. */
const LINE_OF_FIRST_ROW = 2;

/** No line of wafers is as long; a file without line ends must not fill the memory. */
const LONGEST_LINE = 1 << 20;

/**
 * Reads wafers from CSV text: a header that names the columns CALQ_0 to CALQ_47 in any places,
 * then a line for each wafer. Columns TC_DATA_0 to TC_DATA_47 are its raw charges.
 *
 * Where there is a column `event`, its wafers must follow each other, and no table splits an event.
 *
 * Further columns are kept: as numbers where all fields of the first table are numbers or empty (an
 * empty one is NaN; integers above 2^53 count as texts), as texts otherwise. Fields may be quoted,
 * but not hold line ends. A byte-order mark, CRLF and blank lines at the end are accepted.
 *
 * Memory is bounded by `chunkRows` and the longest event, whatever the length of the file. Tables that were read before an
 * error is met have been delivered by then.
 *
 * @param chunks The text in UTF-8, cut anywhere.
 * @param options Order of the cells, and the name of the source.
 * @returns Tables of `chunkRows` wafers, in train order.
 * @throws {RangeError} If an option has an impossible value, or a charge is negative, NaN or
 * infinite; the error names source, line and column.
 * @throws {TypeError} If the text is not UTF-8 or holds no wafers, a column is missing or occurs
 * twice, a line has another number of fields than the header, or a field is not a number where one
 * must be, or the wafers of an event do not follow each other; the error names source and line.
 *
 * @example
 * ```ts
 * import { parseWaferCsv } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const header = ["layer", ...Array.from({ length: 48 }, (_, cell) => `CALQ_${cell}`)];
 * const text = `${header}\n5${",0".repeat(47)},12\n`;
 * for await (const table of parseWaferCsv(new Blob([text]).stream())) {
 *   assertEquals(table.count, 1);
 *   assertEquals(table.charges[47], 12);
 *   assertEquals(table.columns.layer, Float64Array.of(5));
 * }
 * ```
 */
export function parseWaferCsv(
  chunks: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  options: WaferCsvOptions = {},
): AsyncIterable<WaferTable> {
  const { order = "train", chunkRows = 8192, source = "CSV", textColumns = [] } = options;
  checkReadOptions({ order, chunkRows, source });
  return wholeEvents(_tables(chunks, { order, chunkRows, source, textColumns }), {
    rows: chunkRows,
    at: (row) => `Cannot read wafers from ${source}: line ${row + LINE_OF_FIRST_ROW}`,
  });
}

async function* _tables(
  chunks: AsyncIterable<Uint8Array>,
  options: Required<WaferCsvOptions>,
): AsyncGenerator<WaferTable, void, undefined> {
  const { source, chunkRows } = options;
  let rows: WaferRows | undefined;
  let line = 0;
  let blankLine = 0;
  for await (const texts of _lines(chunks, source)) {
    for (const text of texts) {
      line++;
      if (text.trim() === "") {
        blankLine ||= line;
        continue;
      }
      if (blankLine > 0) {
        throw new TypeError(
          lineError(source, blankLine, "the line is blank, and more lines follow"),
        );
      }
      const fields = _fields(text, source, line);
      if (rows === undefined) {
        rows = new WaferRows(fields, options);
        continue;
      }
      rows.add(fields, line);
      if (rows.count === chunkRows) yield rows.take();
    }
  }
  if (rows === undefined) throw new TypeError(`Cannot read wafers from ${source}: it is empty`);
  if (rows.lastLine === undefined) {
    throw new TypeError(`Cannot read wafers from ${source}: it holds a header and no wafers`);
  }
  if (rows.count > 0) yield rows.take();
}

/** The lines of a text without their ends, in groups as they come. */
async function* _lines(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let lines = 0;
  let rest = "";
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new TypeError(
        `Cannot read wafers from ${source}: after line ${lines}: the text is not UTF-8`,
        { cause },
      );
    }
  };
  for await (const chunk of chunks) {
    const complete = (rest + decode(chunk)).split("\n");
    rest = complete.pop()!;
    lines += complete.length;
    if (rest.length > LONGEST_LINE) {
      throw new TypeError(
        lineError(source, lines + 1, `the line is longer than ${LONGEST_LINE} characters`),
      );
    }
    if (complete.length > 0) yield complete;
  }
  rest += decode();
  if (rest !== "") yield [rest];
}

/** The fields of a line, without quotes. */
function _fields(line: string, source: string, lineNumber: number): string[] {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (!text.includes('"')) return text.split(",");

  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  while (true) {
    const match = field.exec(text);
    if (match === null) {
      throw new TypeError(
        lineError(source, lineNumber, "a quote is not closed, or stands inside a field"),
      );
    }
    const [, quoted, plain, end] = match;
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "") return fields;
  }
}
