/**
 * Where a Jupyter kernel and its client meet.
 *
 * @module
 */

/** Names of a kernel's ports, as its connection file has them. */
const NAMES = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** A kernel's ports on this machine. */
export type KernelPorts = Readonly<Record<typeof NAMES[number], number>>;

/**
 * Looks for ports that nobody uses. All are open at once, so that they differ.
 *
 * @returns The ports, closed again.
 */
export function freePorts(): KernelPorts {
  const listeners = NAMES.map(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map(({ addr }, k) => [NAMES[k], addr.port]);
  listeners.forEach((listener) => listener.close());
  return Object.fromEntries(ports);
}

/**
 * Writes the file that tells a kernel where to listen and by which signature it knows its client.
 *
 * @param ports The kernel's ports.
 * @param key The secret of the signature.
 * @returns The file's content.
 */
export function connectionFile(ports: KernelPorts, key: string): string {
  return JSON.stringify({
    ...ports,
    ip: "127.0.0.1",
    transport: "tcp",
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "deno",
  });
}
