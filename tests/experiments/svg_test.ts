import { assertEquals, assertThrows } from "@std/assert";
import { escapeXml, svgElement, svgLines, svgNumber, svgPoint } from "../../src/experiments/svg.ts";

Deno.test("svgElement() escapes attributes, rounds numbers and leaves out undefined ones", () => {
  const attributes = { id: `"<&'>`, x: 2 / 3, y: undefined, z: -0 };
  assertEquals(svgElement("a", attributes), '<a id="&quot;&lt;&amp;&#39;&gt;" x="0.67" z="0"/>');
});

Deno.test("svgElement() closes an element with content, and one with empty content", () => {
  assertEquals(svgElement("g", {}, [svgElement("a", {}), "b"]), "<g><a/>b</g>");
  assertEquals(svgElement("g", {}, ["", ""]), "<g/>");
});

Deno.test("escapeXml() leaves text that XML can hold", () => {
  assertEquals(escapeXml("Δη ≤ 2\n😀"), "Δη ≤ 2\n😀");
  assertEquals(escapeXml("a&amp;b"), "a&amp;amp;b");
  assertEquals(escapeXml("a\u0000b\u001fc"), "a\ufffdb\ufffdc");
});

Deno.test("svgNumber() rounds to a hundredth without zeros or minus zero", () => {
  const numbers = [1.005, 1 / 3, -1 / 3, 12345.678, 0.004, -0.004, 1e-9, 300];
  const texts = ["1", "0.33", "-0.33", "12345.68", "0", "0", "0", "300"];
  assertEquals(numbers.map(svgNumber), texts);
});

Deno.test("svgNumber() and svgPoint() refuse numbers that are not finite", () => {
  assertThrows(() => svgNumber(NaN), RangeError, "a number must be finite, current value is NaN");
  assertThrows(() => svgPoint({ x: 0, y: -Infinity }), RangeError, "current value is -Infinity");
});

Deno.test("svgLines() breaks between elements but not inside text", () => {
  const svg =
    '<svg><g><path d="M0,0"/><text>a<tspan x="1">b</tspan><tspan>c</tspan></text></g></svg>';
  assertEquals(svgLines(svg).split("\n"), [
    '<svg><g><path d="M0,0"/>',
    '<text>a<tspan x="1">b</tspan><tspan>c</tspan></text>',
    "</g>",
    "</svg>",
  ]);
  assertEquals(svgLines(svg).replaceAll("\n", ""), svg);
});
