import { assertEquals, assertThrows } from "@std/assert";
import {
  checkFields,
  checkKind,
  type FieldKind,
  shown,
} from "../../src/experiments/check_fields.ts";

/** A value of each kind that JSON knows. */
const VALUES = { string: "a", number: 0, boolean: false, array: [], object: {}, null: null };

Deno.test("checkKind() takes each kind for itself and for no other", () => {
  for (const kind of ["string", "number", "boolean", "array", "object"] as const) {
    for (const [actual, value] of Object.entries(VALUES)) {
      const check = () => checkKind(value, kind, "here", "file");
      if (actual === kind) check();
      else assertThrows(check, TypeError, `Cannot read file: here must be a`);
    }
  }
});

Deno.test("checkKind() lets a value be absent or null only where that is said", () => {
  const refused = (value: unknown, kind: FieldKind) =>
    assertThrows(() => checkKind(value, kind, "x", "file"), TypeError);
  checkKind(undefined, "string or absent", "x", "file");
  checkKind(null, "number or null", "x", "file");
  refused(undefined, "string");
  refused(null, "string or absent");
  refused(undefined, "number or null");
});

Deno.test("checkFields() names what is missing, of another kind or unknown, and where", () => {
  const fields = { name: "string", size: "number or absent" } as const;
  checkFields({ name: "a" }, fields, "", "file");
  for (
    const [value, message] of [
      [{}, "Cannot read file: items[2].name must be a string, current value is absent"],
      [{ name: 1 }, "items[2].name must be a string, current value is 1"],
      [{ name: "a", size: "b" }, 'items[2].size must be a number or absent, current value is "b"'],
      [{ name: "a", color: 1 }, 'items[2] has an unknown field "color"'],
      [[], "items[2] must be an object, current value is []"],
    ] as const
  ) assertThrows(() => checkFields(value, fields, "items[2]", "file"), TypeError, message);
  assertEquals([shown(undefined), shown("a")], ["absent", '"a"']);
});
