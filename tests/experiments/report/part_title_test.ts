import { assertEquals } from "@std/assert";
import { partTitle } from "../../../src/experiments/report/part_title.ts";

Deno.test("partTitle() says once which figure it is", () => {
  const title = (of: string | undefined, shows: string) =>
    partTitle({ of, shows } as { shows: string });
  assertEquals(title("Fig. 2", "Fig. 2, sums"), "Fig. 2: sums");
  assertEquals(title("Fig. 2", "Fig. 2: sums"), "Fig. 2: sums");
  assertEquals(title("Fig. 2", "sums"), "Fig. 2: sums");
  assertEquals(title("Fig. 2", "Fig. 2"), "Fig. 2");
  assertEquals(title("Table B1", "Table B1's last row"), "Table B1's last row");
  assertEquals(title(undefined, "codecs"), "Codecs");
});
