import { assert, assertEquals, assertThrows } from "@std/assert";
import { decodeCharge, encodeCharge, roundTripCharge } from "../../src/wafer/charge_code.ts";

const DENSITIES = ["low_density", "high_density"] as const;
const ALL_CODES = Array.from({ length: 128 }, (_, code) => code);

/** Charge, and what CMS's trigger emulation makes of it at low and at high density. */
const EMULATED = [
  [35, 36, 32],
  [70, 72, 64],
  [100, 104, 96],
  [255, 256, 256],
  [300, 288, 288],
  [351, 352, 352],
  [1000, 1024, 1024],
  [3512, 3584, 3584],
  [35120, 36864, 36864],
];

Deno.test("roundTripCharge() agrees with CMS's emulation", () => {
  for (const [charge, low, high] of EMULATED) {
    assertEquals(roundTripCharge(charge, "low_density"), low, `${charge}`);
    assertEquals(roundTripCharge(charge, "high_density"), high, `${charge}`);
  }
});

for (const density of DENSITIES) {
  Deno.test(`decodeCharge() ascends with the code at ${density}`, () => {
    const charges = ALL_CODES.map((code) => decodeCharge(code, density));
    assertEquals(charges[0], 0);
    for (let code = 1; code < 128; code++) assert(charges[code] > charges[code - 1]);
  });

  Deno.test(`encodeCharge() undoes decodeCharge() for every code at ${density}`, () => {
    const codes = ALL_CODES.map((code) => encodeCharge(decodeCharge(code, density), density));
    assertEquals(codes, ALL_CODES);
  });

  Deno.test(`encodeCharge() takes the nearest code, halves up, at ${density}`, () => {
    const step = density === "low_density" ? 2 : 8;
    const charges = ALL_CODES.map((code) => decodeCharge(code, density));
    let nearest = 0;
    let previous = 0;
    for (let charge = 0; charge < 600_000; charge += charge < 4096 ? 1 : 61) {
      const truncated = charge - charge % step;
      while (
        nearest < 127 &&
        charges[nearest + 1] - truncated <= truncated - charges[nearest]
      ) nearest++;
      const code = encodeCharge(charge, density);
      assertEquals(code, nearest, `${charge}`);
      assert(code >= previous);
      previous = code;
    }
  });

  Deno.test(`roundTripCharge() twice is as once at ${density}`, () => {
    for (let charge = 0; charge < 600_000; charge += 37) {
      const once = roundTripCharge(charge, density);
      assertEquals(roundTripCharge(once, density), once);
    }
  });

  Deno.test(`encodeCharge() gives the largest code to all larger charges at ${density}`, () => {
    const largest = decodeCharge(127, density);
    assertEquals(largest, density === "low_density" ? 491_520 : 1_966_080);
    for (const charge of [largest, largest + 1, 2 ** 31, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER]) {
      assertEquals(encodeCharge(charge, density), 127, `${charge}`);
    }
  });
}

Deno.test("encodeCharge() refuses what is not a count", () => {
  for (const charge of [-1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => encodeCharge(charge, "low_density"),
      RangeError,
      `Cannot encode a charge: charge must be an integer >= 0, current value is ${charge}`,
    );
  }
});

Deno.test("decodeCharge() refuses what is not a code", () => {
  for (const code of [-1, 128, 0.5, NaN]) {
    assertThrows(
      () => decodeCharge(code, "low_density"),
      RangeError,
      `Cannot decode a charge: code must be an integer in [0, 127], current value is ${code}`,
    );
  }
});

Deno.test("encodeCharge() and decodeCharge() refuse unknown densities", () => {
  const text = "density must be low_density or high_density, current value is published";
  assertThrows(() => encodeCharge(1, "published" as never), RangeError, text);
  assertThrows(() => decodeCharge(1, "published" as never), RangeError, text);
});
