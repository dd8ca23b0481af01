import { assertEquals } from "@std/assert";
import { axisTitle, type Figure } from "../../src/experiments/figure.ts";
import { drawings, figures } from "./_gallery.ts";

Deno.test("axisTitle() puts the unit in parentheses, and none for a pure number", () => {
  assertEquals(axisTitle({ label: "charge", unit: "ADC counts" }), "charge (ADC counts)");
  assertEquals(axisTitle({ label: "|η|", unit: "" }), "|η|");
});

Deno.test("Figure is plain data that survives JSON", () => {
  for (const figure of Object.values(figures)) {
    assertEquals(JSON.parse(JSON.stringify(figure)), figure);
  }
});

Deno.test("Figure does not compile without the unit of an axis", () => {
  const axis = { label: "EMD" };
  // @ts-expect-error: `unit` is required, "" says that there is none
  const figure: Figure = { title: "", x: axis, y: { label: "", unit: "" }, series: [] };
  assertEquals(figure.x.label, "EMD");
});

Deno.test("the stored figures show every kind of series", () => {
  const kinds = Object.values(figures).flatMap(({ series }) => series.map(({ kind }) => kind));
  assertEquals(Array.from(new Set(kinds)).sort(), [
    "band",
    "heatmap",
    "histogram",
    "line",
    "points",
  ]);
  assertEquals(Object.keys(drawings).filter((name) => name in figures), []);
});
