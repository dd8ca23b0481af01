import { assertEquals, assertThrows } from "@std/assert";
import { parse, stringify } from "@std/csv";

Deno.test("parse() reads rows with quotes, CRLF, a byte-order mark and empty lines", () => {
  assertEquals(parse('\ufeffa,"b ""x"", y"\r\n\r\n"1\r\n2",\r\n'), [
    ["a", 'b "x", y'],
    ["1\r\n2", ""],
  ]);
  assertEquals(parse(""), []);
  assertEquals(parse("a;b\n", { separator: ";" }), [["a", "b"]]);
});

Deno.test("parse() reads records", () => {
  assertEquals(parse("a,b\n1,2\n", { skipFirstRow: true }), [{ a: "1", b: "2" }]);
  assertEquals(parse("1,2\n", { columns: ["x", "y"] }), [{ x: "1", y: "2" }]);
  assertEquals(parse("a,b\n1,2\n", { skipFirstRow: true, columns: ["x", "y"] }), [
    { x: "1", y: "2" },
  ]);
});

Deno.test("parse() refuses what it cannot read", () => {
  assertThrows(() => parse('a\n"b\n'), SyntaxError, "row 2");
  assertThrows(
    () => parse("a,b\n1\n", { skipFirstRow: true }),
    Error,
    "record 1 has 1 fields, but the header has 2",
  );
  assertThrows(() => parse("", { skipFirstRow: true }), TypeError, "there is no header");
});

// The expected texts are those of the documentation of @std/csv.
Deno.test("stringify() writes rows and records", () => {
  assertEquals(stringify([["Rick", 70], ["Morty", 14]]), "Rick,70\r\nMorty,14\r\n");
  const data = [{ name: "Rick", age: 70 }, { name: "Morty", age: 14 }];
  const columns = ["name", "age"];
  assertEquals(stringify(data, { columns }), "name,age\r\nRick,70\r\nMorty,14\r\n");
  assertEquals(stringify(data, { columns, headers: false }), "Rick,70\r\nMorty,14\r\n");
  assertEquals(stringify([["Rick", 70]], { separator: "\t" }), "Rick\t70\r\n");
  assertEquals(stringify([["a", "b"]], { columns: [1] }), "1\r\nb\r\n");
  assertEquals(stringify([]), "");
  assertThrows(() => stringify(data), TypeError, "a record needs the option columns");
});

Deno.test("stringify() is read back by parse()", () => {
  const rows = [["a,b", 'say "so"', "two\nlines", "", "plain"]];
  assertEquals(parse(stringify(rows)), rows);
  assertEquals(stringify([[null, undefined, { a: 1 }, true]]), ',,"{""a"":1}",true\r\n');
});
