import { assert, assertEquals } from "@std/assert";
import { connectionFile, freePorts } from "../../../scripts/std/notebook_connection.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const NEEDS = [permission({ name: "net", host: "127.0.0.1" })];

testNeeding(NEEDS, "freePorts() finds five different ports on which one can listen", () => {
  const ports = Object.values(freePorts());
  assertEquals(new Set(ports).size, 5);
  for (const port of ports) {
    assert(port > 1023);
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  }
});

Deno.test("connectionFile() has what Jupyter's documentation asks for", () => {
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  assertEquals(JSON.parse(connectionFile(ports, "secret")), {
    ...ports,
    ip: "127.0.0.1",
    transport: "tcp",
    key: "secret",
    signature_scheme: "hmac-sha256",
    kernel_name: "deno",
  });
});
