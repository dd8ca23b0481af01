import type { IntegerEncoderSpec, IntegerLayer } from "../types.ts";

/**
 * The encoder as a C header that needs nothing but `stdint.h`: integer charges in, integer latents
 * out, and integers between. C99, also valid C++.
 *
 * It declares
 *
 *     static inline void econ_encode(const int32_t charges[48], uint16_t latents[16]);
 *
 * with the charges of a wafer in train order, each >= 0 and below 2^24; what it stores are the codes
 * of the integer encoder. A wafer without charge is encoded as an image of zeros.
 *
 * No value is shifted that is negative, so that nothing is left to the compiler, and loops have fixed
 * bounds, as synthesis wants them; the one exception looks for the highest bit of the sum.
 *
 * @param spec The encoder in integers.
 * @returns The header's text, for a file `econ_encoder.h`.
 * @throws {RangeError} If latents have more than 16 bits.
 */
export function cHeader(spec: IntegerEncoderSpec): string {
  const { formats, conv, dense, inputFractionBits, inputMax, latentFractionBits } = spec;
  if (dense.outputMax > 0xffff) {
    throw new RangeError(
      `Cannot export to C: latents must have at most 16 bits, current value is ${formats.latent.bits}`,
    );
  }
  const weightBits = formats.weights.bits - 1 - formats.weights.integer;
  const hiddenBits = formats.hidden.bits - formats.hidden.integer;
  return `/*
 * ECON-T encoder in integers, exported by hexmover.
 *
 * A wafer of 48 trigger cells becomes 16 latents:
 *
 *   1. image   8 x 8 codes, unit 2^-${inputFractionBits}: charge / 2^floor(log2(sum of charges))
 *   2. hidden  4 x 4 x 8 codes, unit 2^-${hiddenBits}: convolution 3 x 3, stride 2, zeros to the right and below
 *   3. latents 16 codes, unit 2^-${latentFractionBits}: dense layer
 *
 * Formats, in QKeras's words:
 *   image    quantized_bits(${_format(formats.input)}), alpha = 1
 *   weights  quantized_bits(${_format(formats.weights)}), alpha = 1
 *   hidden   quantized_relu(${_format(formats.hidden)})
 *   latents  quantized_relu(${_format(formats.latent)})
 *
 * All rounding is to the nearest code, half to even; all ranges saturate.
 */
#ifndef ECON_ENCODER_H
#define ECON_ENCODER_H

#include <stdint.h>

#define ECON_CELLS 48
#define ECON_LATENTS 16
/* The number that a latent stands for is code / 2^ECON_LATENT_FRACTION_BITS. */
#define ECON_LATENT_FRACTION_BITS ${latentFractionBits}

/* Pixel (8 * row + column) of each trigger cell; cells in train order (CALQ_0 to CALQ_47). */
${_table("uint8_t", "econ_pixel_of_cell", [48], spec.pixelOfCell)}

/* Convolution: kernel by row, column and filter, unit 2^-${weightBits}. */
${_table("int32_t", "econ_conv_kernel", [9, 8], conv.kernel)}

/* Biases of the convolution, unit 2^-${inputFractionBits + weightBits}, that of its accumulator. */
${_table("int32_t", "econ_conv_bias", [8], conv.bias)}

/* Dense layer: a row for each hidden code, a column for each latent, unit 2^-${weightBits}. */
${_table("int32_t", "econ_dense_kernel", [128, 16], dense.kernel)}

/* Biases of the dense layer, unit 2^-${hiddenBits + weightBits}, that of its accumulator. */
${_table("int32_t", "econ_dense_bias", [16], dense.bias)}

/* value / 2^shift for value >= 0, rounded to the nearest integer, half to even. */
static inline int32_t econ_round_shift(int32_t value, int shift)
{
    if (shift == 0) return value;
    return (value + ((int32_t)1 << (shift - 1)) - 1 + ((value >> shift) & 1)) >> shift;
}

/* A layer's output: 0 for what is negative, at most \`max\`. */
static inline int32_t econ_output(int32_t accumulator, int shift, int32_t max)
{
    int32_t code = accumulator > 0 ? econ_round_shift(accumulator, shift) : 0;
    return code < max ? code : max;
}

/* Codes of the image, from charges >= 0 and below 2^24. Without any charge: zeros. */
static inline void econ_image(const int32_t charges[ECON_CELLS], int32_t image[64])
{
    int32_t sum = 0;
    int highest_bit = 0;
    for (int cell = 0; cell < ECON_CELLS; cell++) sum += charges[cell];
    while ((sum >> highest_bit) > 1) highest_bit++;

    for (int pixel = 0; pixel < 64; pixel++) image[pixel] = 0;
    for (int cell = 0; cell < ECON_CELLS; cell++) {
        int shift = highest_bit - ${inputFractionBits};
        int32_t code = shift > 0 ? econ_round_shift(charges[cell], shift)
                                 : charges[cell] * ((int32_t)1 << -shift);
        image[econ_pixel_of_cell[cell]] = code < ${inputMax} ? code : ${inputMax};
    }
}

/* Convolution, from 8 x 8 to 4 x 4 x 8 codes. */
static inline void econ_convolve(const int32_t image[64], int32_t hidden[128])
{
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            for (int filter = 0; filter < 8; filter++) {
                int32_t sum = econ_conv_bias[filter];
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        int y = 2 * row + i, x = 2 * column + j;
                        if (y == 8 || x == 8) continue;
                        sum += econ_conv_kernel[3 * i + j][filter] * image[8 * y + x];
                    }
                }
                hidden[(4 * row + column) * 8 + filter] = ${_output(conv)};
            }
        }
    }
}

/* Latents of a wafer. Charges in train order, each >= 0 and below 2^24. */
static inline void econ_encode(const int32_t charges[ECON_CELLS], uint16_t latents[ECON_LATENTS])
{
    int32_t image[64], hidden[128];
    econ_image(charges, image);
    econ_convolve(image, hidden);
    for (int latent = 0; latent < ECON_LATENTS; latent++) {
        int32_t sum = econ_dense_bias[latent];
        for (int i = 0; i < 128; i++) sum += econ_dense_kernel[i][latent] * hidden[i];
        latents[latent] = (uint16_t)${_output(dense)};
    }
}

#endif
`;
}

function _format({ bits, integer }: { bits: number; integer: number }): string {
  return `${bits}, ${integer}`;
}

function _output({ shift, outputMax }: IntegerLayer): string {
  return `econ_output(sum, ${shift}, ${outputMax})`;
}

/** A table of one or two dimensions; those of one stand in rows of 16. */
function _table(
  type: string,
  name: string,
  shape: readonly number[],
  values: ArrayLike<number>,
): string {
  const columns = shape[1] ?? 16, width = Math.max(...Array.from(values, (x) => `${x}`.length));
  const rows: string[] = [];
  for (let start = 0; start < values.length; start += columns) {
    const end = Math.min(start + columns, values.length);
    const row = Array.from(
      { length: end - start },
      (_, i) => `${values[start + i]}`.padStart(width),
    );
    rows.push(shape.length === 1 ? `    ${row.join(", ")}` : `    { ${row.join(", ")} }`);
  }
  const sizes = shape.map((size) => `[${size}]`).join("");
  return `static const ${type} ${name}${sizes} = {\n${rows.join(",\n")}\n};`;
}
