import { assert, assertEquals } from "@std/assert";
import { dataImage } from "../../../src/experiments/report/data_image.ts";

Deno.test("dataImage() gives an address that reads as the same SVG", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg">\n<text fill="#abc">50 % η ± "a"</text>\n</svg>\n';
  const response = await fetch(dataImage(svg)!);
  assertEquals(response.headers.get("content-type")?.split(";")[0], "image/svg+xml");
  assertEquals(await response.text(), svg.trim());
});

Deno.test("dataImage() takes the PNG when there is no SVG, or a much larger one", async () => {
  const png = Uint8Array.of(137, 80, 78, 71, 0, 255);
  const large = `<svg>${"x".repeat(200_000)}</svg>`;
  for (const address of [dataImage(undefined, png)!, dataImage(large, png)!]) {
    const response = await fetch(address);
    assertEquals(response.headers.get("content-type"), "image/png");
    assertEquals(await response.bytes(), png);
  }
  assert(dataImage("<svg/>", png)!.startsWith("data:image/svg+xml"));
  assert(dataImage(large)!.startsWith("data:image/svg+xml"), "it is all there is");
  assert(dataImage(large, new Uint8Array(200_000))!.startsWith("data:image/svg+xml"), "no smaller");
  assertEquals(dataImage(), undefined);
});
