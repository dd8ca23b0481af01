import { assert, assertEquals } from "@std/assert";
import { readTriggerNetworks } from "../../../scripts/std/trigger_networks.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";
import { fileURLToPath } from "node:url";
import { permission } from "../../_support/skips.ts";

const FILE = "peer_networks/autoencoder_5bit.json";

testNeeding(
  [permission({ name: "read", path: new URL("../../../", import.meta.url) })],
  "readTriggerNetworks() reads the default network, once for each name",
  async () => {
    const networks = await readTriggerNetworks("a=default, b=default", false);
    assertEquals(networks.map(({ name }) => name), ["a", "b"]);
    assertEquals(networks[0].checksum, networks[1].checksum);
    assert(networks[0].network.encoder.formats !== undefined);
    assertEquals(await readTriggerNetworks("", false), []);
  },
);

testNeeding(
  [referenceData(FILE), referenceData(FILE.replace(".json", ".f32"))],
  "readTriggerNetworks() reads published weights, with and without formats",
  async () => {
    const path = fileURLToPath(new URL(FILE, REFERENCE_DATA));
    const [float] = await readTriggerNetworks(`peer=${path}`, false);
    const [quantised] = await readTriggerNetworks(`peer=${path}`, true);
    assertEquals(float.network.encoder.formats, undefined);
    assertEquals(quantised.network.encoder.formats?.latent.bits, 9);
    assert(float.checksum !== quantised.checksum);
    const charges = new Float64Array(48).fill(2);
    const [a, b] = [float, quantised].map(({ network }) => network.decode(network.encode(charges)));
    assertEquals([a.length, b.length], [48, 48]);
    assert(a.some((share, cell) => share !== b[cell]));
  },
);
