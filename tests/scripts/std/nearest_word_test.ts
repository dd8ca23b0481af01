import { assert, assertEquals } from "@std/assert";
import { didYouMean, editDistance, nearestWord } from "../../../scripts/std/nearest_word.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("editDistance() counts the edits of well-known pairs", () => {
  // The first four stand in every text on the subject; the others follow from the definition.
  const pairs = [
    ["kitten", "sitting", 3],
    ["saturday", "sunday", 3],
    ["ca", "ac", 1],
    ["ca", "abc", 3],
    ["", "emd", 3],
    ["emd", "emd", 0],
    ["sede", "seed", 1],
  ] as const;
  for (const [from, to, edits] of pairs) {
    assertEquals(editDistance(from, to), edits, `${from} to ${to}`);
    assertEquals(editDistance(to, from), edits, `${to} to ${from}`);
  }
});

Deno.test("editDistance() is at most the number of edits that were made", () => {
  const stream = new RandomStream(1, "edits");
  const letters = "abcde";
  const letter = () => letters[Math.floor(letters.length * stream.uniform())];
  for (let k = 0; k < 200; k++) {
    const word = Array.from({ length: 8 }, letter).join("");
    let edited = word;
    const edits = 1 + k % 4;
    for (let e = 0; e < edits; e++) {
      const at = Math.floor(edited.length * stream.uniform());
      const inserted = k % 3 === 0 ? "" : letter();
      edited = edited.slice(0, at) + inserted + edited.slice(at + +(k % 3 < 2));
    }
    assert(editDistance(word, edited) <= edits, `${word} to ${edited}`);
  }
});

Deno.test("nearestWord() finds what was meant, and nothing where nothing is near", () => {
  const known = ["input", "order", "preset", "seed", "seeds", "backend"];
  const typed = {
    presett: "preset",
    pre: undefined,
    sed: "seed",
    bakcend: "backend",
    x: undefined,
  };
  for (const [word, meant] of Object.entries(typed)) assertEquals(nearestWord(word, known), meant);
  assertEquals(nearestWord("seed", []), undefined);
});

Deno.test("didYouMean() ends a sentence, or does not", () => {
  assertEquals(didYouMean("exact_edm", ["exact_emd", "tree_emd"]), ", did you mean exact_emd?");
  assertEquals(didYouMean("nonsense", ["exact_emd", "tree_emd"]), "");
});
