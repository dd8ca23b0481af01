import { assert, assertEquals } from "@std/assert";
import { linearTicks, logTicks } from "../../src/experiments/axis_ticks.ts";

Deno.test("linearTicks() takes round steps and even decimals", () => {
  const cases: [readonly [number, number], string[]][] = [
    [[0, 1], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
    [[0, 949], ["0", "200", "400", "600", "800"]],
    [[0.031, 0.069], ["0.04", "0.05", "0.06"]],
    [[-3, 3], ["-2", "0", "2"]],
    [[0, 0.00042], ["0.0000", "0.0001", "0.0002", "0.0003", "0.0004"]],
    [[1000, 1001], ["1000.0", "1000.2", "1000.4", "1000.6", "1000.8", "1001.0"]],
  ];
  for (const [domain, labels] of cases) {
    assertEquals(linearTicks(domain).map((tick) => tick.label), labels);
  }
});

Deno.test("linearTicks() gives three to six ticks inside any domain, labelled truly", () => {
  for (let k = 0; k < 500; k++) {
    const low = (k % 7 - 3) * 1.37 ** (k % 31);
    const high = low + 1.09 ** (k - 250);
    const ticks = linearTicks([low, high]);
    if (high - low < 1e-6 * Math.abs(low)) continue; // too narrow for digits to tell apart
    assert(ticks.length >= 2 && ticks.length <= 6, `[${low}, ${high}]: ${ticks.length}`);
    for (const { value, label } of ticks) {
      assert(value >= low - 1e-8 * (high - low) && value <= high + 1e-8 * (high - low));
      assert(Math.abs(Number(label) - value) <= 1e-6 * (high - low), `${label} at ${value}`);
    }
  }
});

Deno.test("logTicks() has text at the powers of ten and small ticks between", () => {
  const ticks = logTicks([1, 1000]);
  assertEquals(ticks.length, 28);
  assertEquals(_labels([1, 1000]), ["1", "10", "100", "10³"]);
  assertEquals(_labels([1e-12, 1e-9]), ["10⁻¹²", "10⁻¹¹", "10⁻¹⁰", "10⁻⁹"]);
});

Deno.test("logTicks() has more text on a short axis and less on a long one", () => {
  assertEquals(_labels([0.03, 2]), ["0.05", "0.1", "0.2", "0.5", "1", "2"]);
  assertEquals(_labels([30, 90]), ["30", "90"]);
  assertEquals(_labels([2e5, 6e5]), ["2·10⁵", "5·10⁵"]);
  assert(_labels([1e-15, 1e15]).length <= 8);
});

Deno.test("logTicks() puts each label where it says", () => {
  const superscripts = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
  for (const domain of [[3e-8, 4e3], [0.2, 70], [1, 1e20], [5e-3, 8e-3]] as const) {
    for (const { value, label } of logTicks(domain)) {
      if (label === "") continue;
      const [, factor, power] = /^(?:(\d)·)?10([⁻⁰-⁹¹²³]+)$/.exec(label) ?? [];
      const digits = power?.replace(/./g, (c) => "-0123456789"[superscripts.indexOf(c)]);
      const said = digits === undefined ? Number(label) : Number(`${factor ?? 1}e${digits}`);
      assert(Math.abs(said - value) <= 0.01 * value, `${label} at ${value}`);
    }
  }
});

function _labels(domain: readonly [number, number]): string[] {
  return logTicks(domain).map((tick) => tick.label).filter((label) => label !== "");
}
