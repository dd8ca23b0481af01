/**
 * All notebooks, on the real kernel; and what ZeroMQ, Jupyter and nbformat themselves say of our side.
 * Needs Debian's python3-zmq, python3-jupyter-client and python3-nbformat for the latter.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { notebookNames } from "../../scripts/notebook.ts";
import { checkNotebooks } from "../../scripts/std/notebook_check.ts";
import { parseNotebook } from "../../scripts/std/notebook_file.ts";
import { writeKernelSpecification } from "../../scripts/std/notebook_install.ts";
import { outputKinds, runNotebook } from "../../scripts/std/notebook_run.ts";
import { NotebookSocket } from "../../scripts/std/notebook_socket.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NOTEBOOKS = new URL("../../notebooks/", import.meta.url);
const PYTHON = "/usr/bin/python3";

for (const name of await notebookNames()) {
  Deno.test(`${name}, executed from clean, gives outputs of the kinds kept`, async () => {
    const url = new URL(name, NOTEBOOKS);
    const executed = await runNotebook(url, { temporary: HERE });
    const kept = parseNotebook(await Deno.readTextFile(url), name);
    assertEquals(outputKinds(executed), outputKinds(kept));
  });
}

Deno.test("the types in all notebooks fit", async () => {
  const urls = (await notebookNames()).map((name) => new URL(name, NOTEBOOKS));
  assertEquals(await checkNotebooks(urls, HERE), "");
});

/** Sockets of ZeroMQ: one that sends back what it gets, and one that publishes until it is told to end. */
const PEERS = `
import sys, time, zmq
context = zmq.Context()
dealer, publisher = context.socket(zmq.DEALER), context.socket(zmq.PUB)
print(*(socket.bind_to_random_port("tcp://127.0.0.1") for socket in (dealer, publisher)), flush=True)
dealer.send_multipart(dealer.recv_multipart())
while not dealer.poll(20):
    publisher.send_multipart([b"topic", b"text"])
`;

testNeeding(
  [permission({ name: "run", command: PYTHON }) ?? await _lacks("zmq")],
  "a NotebookSocket talks to ZeroMQ's own DEALER, and subscribes to its PUB",
  async () => {
    const peers = new Deno.Command(PYTHON, { args: ["-c", PEERS], stdout: "piped" }).spawn();
    const reader = peers.stdout.pipeThrough(new TextDecoderStream()).getReader();
    // A line may come in pieces.
    let line = "";
    while (!line.includes("\n")) line += (await reader.read()).value!;
    const [dealer, publisher] = line.split(" ").map(Number);

    using client = await NotebookSocket.connect(dealer, "DEALER");
    const frames = [Uint8Array.of(1), new Uint8Array(0), new Uint8Array(100_000).fill(7)];
    await client.send(frames);
    const back = await client.receive();
    const ends = (all: Uint8Array[]) => all.map((frame) => [frame.length, frame.at(-1)]);
    assertEquals(ends(back), ends(frames));

    using subscriber = await NotebookSocket.connect(publisher, "SUB");
    const heard = await subscriber.receive();
    assertEquals(heard.map((frame) => new TextDecoder().decode(frame)), ["topic", "text"]);

    await client.send([Uint8Array.of(0)]);
    await reader.cancel();
    await peers.status;
  },
);

/** Starts the kernel that a notebook asks for and runs a cell, as Jupyter does. */
const USE_KERNEL = `
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="deno")
try:
    client.execute("6 * 7")
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["msg_type"] == "execute_result":
            print(message["content"]["data"]["text/plain"])
            break
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
`;

testNeeding(
  [permission({ name: "run", command: PYTHON }) ?? await _lacks("jupyter_client")],
  "Jupyter finds the project's kernel and runs a cell on it",
  async () => {
    const dir = decodeURIComponent(HERE.pathname);
    const folder = await Deno.makeTempDir({ dir, prefix: "jupyter_" });
    try {
      await writeKernelSpecification(new URL(`file://${folder}/`));
      const { stdout, stderr, success } = await new Deno.Command(PYTHON, {
        args: ["-c", USE_KERNEL],
        env: { JUPYTER_PATH: folder, NO_COLOR: "1" },
      }).output();
      assertEquals(success, true, new TextDecoder().decode(stderr));
      assertEquals(new TextDecoder().decode(stdout).trim(), "42");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

testNeeding(
  [permission({ name: "run", command: PYTHON }) ?? await _lacks("nbformat")],
  "nbformat finds every notebook valid",
  async () => {
    for (const name of await notebookNames()) {
      const path = decodeURIComponent(new URL(name, NOTEBOOKS).pathname);
      const code = "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], 4))";
      const { success, stderr } = await new Deno.Command(PYTHON, {
        args: ["-W", "error", "-c", code, path],
      })
        .output();
      assertEquals(success, true, `${name}: ${new TextDecoder().decode(stderr)}`);
    }
  },
);

async function _lacks(module: string): Promise<string | undefined> {
  try {
    const { success } = await new Deno.Command(PYTHON, { args: ["-c", `import ${module}`] })
      .output();
    return success ? undefined : `${module} absent`;
  } catch {
    return `${PYTHON} absent`;
  }
}
