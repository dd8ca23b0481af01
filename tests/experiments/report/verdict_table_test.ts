import { assert, assertEquals } from "@std/assert";
import { quantity } from "../../../src/experiments/quantity.ts";
import { verdictTable } from "../../../src/experiments/report/verdict_table.ts";
import { verdict } from "../../../src/experiments/verdict.ts";
import { donePart, NASTY, row } from "./_parts.ts";

Deno.test("published quantities have a row with both values and the verdict of verdict()", () => {
  const part = donePart(), { text } = verdictTable([{ experiment: row() }, part]);
  const rows = [...text.matchAll(/<tr role="row">\s*<th scope="row"[\s\S]*?<\/tr>/g)].map(([all]) =>
    all
  );
  assertEquals(rows.length, 2, "the third has no published value");
  part.found!.result.quantities.slice(0, 2).forEach((quantity, k) => {
    assert(rows[k].includes(`verdict ${verdict(quantity)!.kind}"`));
  });
  assert(rows[0].includes("35 %") && rows[0].includes("33.3 ± 2.5"), rows[0]);
  assert(rows[1].includes("−1.3 %") && rows[1].includes("−4.10 ± 0.10"), rows[1]);
  assert(/agrees<\/span>\s*<b>1<\/b>/.test(text) && /below<\/span>\s*<b>1<\/b>/.test(text));
  assert(!text.includes("undecided"), "kinds that do not occur are not counted");
});

Deno.test("the table has a caption, and each cell its headers", () => {
  const { text } = verdictTable([donePart()]);
  assertEquals(text.match(/<caption/g)?.length, 1);
  assertEquals(text.match(/<th\b/g)?.length, text.match(/<th scope="/g)?.length);
});

Deno.test("names are escaped, and without values the table is a sentence", () => {
  const part = donePart(), { result } = part.found!;
  const nasty = { ...result, quantities: [quantity(NASTY, NASTY, [1], { paper: 2 })] };
  assert(
    !verdictTable([{ ...part, found: { ...part.found!, result: nasty } }]).text.includes("<img"),
  );
  assert(!verdictTable([{ experiment: row() }]).text.includes("<table"));
});
