import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { memoryStore } from "../../../src/experiments/store.ts";
import {
  type AutoencoderArchitecture,
  fromAutoencoderModule,
  readAutoencoder,
  toAutoencoderModule,
  writeAutoencoder,
} from "../../../src/models/autoencoder/stored_autoencoder.ts";
import { econFormats } from "../../../src/models/inference/mod.ts";
import { randomAutoencoder } from "./_stored.ts";

const ARCHITECTURES: Record<string, Partial<AutoencoderArchitecture>> = {
  "published": {},
  "float, with conditions": { formats: "float", conditions: ["eta", "total"] },
  "3-bit latents, dense decoder": {
    formats: econFormats({ latentBits: 3 }),
    decoder: { kind: "dense", units: [6, 4] },
    conditions: ["waferv", "waferu"],
  },
};

for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
  Deno.test(`${name}: folder and module hold what was written, to the last bit`, async () => {
    const stored = randomAutoencoder(1, architecture), store = memoryStore();
    for (const folder of ["", "a/b"]) {
      await writeAutoencoder(store, folder, stored);
      assertEquals(await readAutoencoder(store, folder), stored);
    }
    const text = JSON.stringify(toAutoencoderModule(stored));
    assertEquals(fromAutoencoderModule(JSON.parse(text)), stored);
  });
}

Deno.test("readAutoencoder() says which file is missing", async () => {
  for (const name of ["autoencoder.json", "weights.json", "weights.f32"]) {
    const store = memoryStore();
    await writeAutoencoder(store, "net", randomAutoencoder(2));
    const withhold = {
      read: (path: string) =>
        path === `net/${name}` ? Promise.resolve(undefined) : store.read(path),
    };
    await assertRejects(
      () => readAutoencoder(withhold, "net"),
      TypeError,
      `Cannot read an autoencoder: there is no file net/${name}`,
    );
  }
});

Deno.test("what is no architecture is refused", () => {
  const module = toAutoencoderModule(randomAutoencoder(3));
  const { architecture } = module, { formats } = architecture;
  const { hidden: _, ...incomplete } = formats as object & { hidden: unknown };
  const wrong: unknown[] = [
    undefined,
    "published",
    { ...architecture, formats: "double" },
    { ...architecture, formats: incomplete },
    { ...architecture, decoder: { kind: "linear" } },
    { ...architecture, decoder: { kind: "dense" } },
    { ...architecture, decoder: { kind: "dense", units: ["many"] } },
    { ...architecture, conditions: undefined },
    { ...architecture, conditions: ["phi"] },
  ];
  for (const architecture of wrong) {
    assertThrows(
      () => fromAutoencoderModule({ ...module, architecture } as typeof module),
      TypeError,
      "Cannot read an autoencoder: it must have an architecture",
    );
  }
  const { provenance: __, ...rest } = module;
  assertThrows(() => fromAutoencoderModule(rest as typeof module), TypeError, "a provenance");
});
