import { assertEquals, assertThrows } from "@std/assert";
import { canonicalJson } from "../../src/experiments/canonical_json.ts";

Deno.test("canonicalJson() gives one text whatever the order of the keys", () => {
  const one = { z: 1, a: { y: [1, { c: 1, b: 2 }], x: null } };
  const other = { a: { x: null, y: [1, { b: 2, c: 1 }] }, z: 1 };
  assertEquals(canonicalJson(one), canonicalJson(other));
  assertEquals(canonicalJson(one), '{"a":{"x":null,"y":[1,{"b":2,"c":1}]},"z":1}');
});

Deno.test("canonicalJson() sorts by code unit, also keys that look like numbers or prototypes", () => {
  // JavaScript itself always lists integer keys first, in numeric order.
  assertEquals(canonicalJson({ é: 1, b: 2, B: 3 }), '{"B":3,"b":2,"é":1}');
  const hostile = JSON.parse('{"b": 1, "__proto__": {"x": 2}}');
  assertEquals(canonicalJson(hostile), '{"__proto__":{"x":2},"b":1}');
});

Deno.test("canonicalJson() loses nothing that JSON can hold", () => {
  const value = { text: 'a"\n\u2028é', numbers: [0, -1.5, 1e-300, 2 ** 53], flags: [true, false] };
  assertEquals(JSON.parse(canonicalJson(value, { indent: 2 })), value);
});

Deno.test("canonicalJson() counts undefined properties as absent", () => {
  assertEquals(canonicalJson({ a: undefined, b: 1 }), '{"b":1}');
});

Deno.test("canonicalJson() does not change its input", () => {
  const value = { b: 1, a: Object.freeze([3, 1, 2]) };
  canonicalJson(value);
  assertEquals(Object.keys(value), ["b", "a"]);
});

Deno.test("canonicalJson() refuses what JSON would change, and says where it stands", () => {
  const cases: [unknown, typeof RangeError | typeof TypeError, string][] = [
    [{ a: [1, NaN] }, RangeError, "value.a[1] must be a finite number, current value is NaN"],
    [{ a: -Infinity }, RangeError, "value.a must be a finite number, current value is -Infinity"],
    [{ a: { b: new Date(0) } }, TypeError, "value.a.b must be plain data, current value is a Date"],
    [[new Map()], TypeError, "value[0] must be plain data, current value is a Map"],
    [new Float64Array(2), TypeError, "current value is a Float64Array"],
    [{ a: () => 1 }, TypeError, "current value is function"],
    [{ a: 1n }, TypeError, "current value is bigint"],
    [[undefined], TypeError, "value[0] must be plain data, current value is undefined"],
    [new Array(1), TypeError, "value[0] must be plain data"],
  ];
  for (const [value, ErrorClass, message] of cases) {
    assertThrows(() => canonicalJson(value), ErrorClass, message);
  }
});

Deno.test("canonicalJson() refuses a value that holds itself, not one that stands twice", () => {
  const loop: { inner?: unknown } = {};
  loop.inner = [loop];
  assertThrows(() => canonicalJson(loop), TypeError, "value.inner[0] holds itself");
  const twice = { x: 1 };
  assertEquals(canonicalJson([twice, twice]), '[{"x":1},{"x":1}]');
});
