import { CELLS, normalise } from "../wafer/mod.ts";
import { BitReader, BitWriter } from "./bits.ts";
import type { Codec } from "./types.ts";

/** How one wafer becomes bits and back: all that tells codecs apart. */
export interface WaferCoder {
  /** The name in the registry. */
  readonly name: string;
  /** Bits a wafer. */
  readonly bits: number;
  /**
   * Writes one wafer: exactly `bits` bits.
   *
   * @param fractions Its 48 charge fractions; the sum is one.
   * @param writer Where to write.
   */
  write(fractions: Float64Array, writer: BitWriter): void;
  /**
   * Reads one wafer: exactly `bits` bits.
   *
   * @param reader Where to read.
   * @param charges Receives its 48 charges, zeros at first, in any scale.
   */
  read(reader: BitReader, charges: Float64Array): void;
}

/**
 * A codec from the coding of one wafer: goes through batches, scales charges to fractions on both
 * sides and counts the bits. A code that leaves no charge at all means charge everywhere alike.
 *
 * @param coder Name, bits, and how a wafer is written and read.
 * @returns The codec.
 */
export function bitCodec(coder: WaferCoder): Codec {
  const { name, bits } = coder, bytes = Math.ceil(bits / 8);

  function encode(charges: ArrayLike<number>): Uint8Array {
    const fractions = normalise(charges, "fraction");
    const wafers = fractions.length / CELLS;
    const codes = new Uint8Array(wafers * bytes), writer = new BitWriter(codes);
    for (let wafer = 0; wafer < wafers; wafer++) {
      writer.position = wafer * bytes * 8;
      coder.write(fractions.subarray(wafer * CELLS, (wafer + 1) * CELLS), writer);
      _checkCount(coder, writer.position - wafer * bytes * 8, "written");
    }
    return codes;
  }

  function decode(codes: Uint8Array): Float64Array {
    if (codes.length % bytes !== 0) {
      throw new TypeError(
        `Cannot decode wafers: number of bytes must be a multiple of ${bytes}, ` +
          `current value is ${codes.length}`,
      );
    }
    const wafers = codes.length / bytes, reader = new BitReader(codes);
    const fractions = new Float64Array(wafers * CELLS);
    for (let wafer = 0; wafer < wafers; wafer++) {
      const charges = fractions.subarray(wafer * CELLS, (wafer + 1) * CELLS);
      reader.position = wafer * bytes * 8;
      coder.read(reader, charges);
      _checkCount(coder, reader.position - wafer * bytes * 8, "read");
      _toFractions(charges);
    }
    return fractions;
  }

  return { name, bits, bytes, encode, decode, reconstruct: (charges) => decode(encode(charges)) };
}

function _toFractions(charges: Float64Array): void {
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell++) sum += charges[cell];
  for (let cell = 0; cell < CELLS; cell++) {
    charges[cell] = sum > 0 ? charges[cell] / sum : 1 / CELLS;
  }
}

/** A codec that takes more or fewer bits than it says is wrong, whatever its EMD. */
function _checkCount({ name, bits }: WaferCoder, count: number, how: string): void {
  if (count === bits) return;
  throw new Error(`Cannot code wafers: ${name} must have ${how} ${bits} bits, it has ${count}`);
}
