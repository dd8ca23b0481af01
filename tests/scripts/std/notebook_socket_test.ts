import { assertEquals, assertRejects } from "@std/assert";
import { NotebookSocket } from "../../../scripts/std/notebook_socket.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const NEEDS = [permission({ name: "net", host: "127.0.0.1" })];

// Bytes of ZMTP 3.0 (https://rfc.zeromq.org/spec/23), written out by hand.
const GREETING = [
  ...[0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0],
  ...[0x4e, 0x55, 0x4c, 0x4c], // NULL
  ...Array(48).fill(0),
];
const READY_SUB = [4, 0x19, 5, ..._ascii("READY"), 11, ..._ascii("Socket-Type"), 0, 0, 0, 3];
const READY_PUB = [...READY_SUB, ..._ascii("PUB")];

testNeeding(
  NEEDS,
  "a NotebookSocket greets, gets ready, subscribes and sends as ZMTP says",
  async () => {
    await using peer = await _peer([...GREETING, ...READY_PUB]);
    using socket = await NotebookSocket.connect(peer.port, "SUB");
    await socket.send([Uint8Array.of(7), new Uint8Array(0), new Uint8Array(300).fill(9)]);
    const expected = [
      ...[...GREETING, ...READY_SUB, ..._ascii("SUB")],
      ...[0, 1, 1], // all messages
      ...[1, 1, 7], // a frame with more to come
      ...[1, 0],
      ...[2, 0, 0, 0, 0, 0, 0, 1, 44, ...Array(300).fill(9)], // the last, longer than 255 bytes
    ];
    assertEquals(await peer.receive(expected.length), expected);
  },
);

testNeeding(
  NEEDS,
  "a NotebookSocket puts frames together, leaves commands out and sees the end",
  async () => {
    await using peer = await _peer([
      ...[...GREETING, ...READY_PUB],
      ...[1, 2, 65, 66],
      ...[4, 5, 4, ..._ascii("PING")],
      ...[3, 0, 0, 0, 0, 0, 0, 1, 0, ...Array(256).fill(5)],
      ...[0, 0],
      ...[0, 1, 67],
    ]);
    using socket = await NotebookSocket.connect(peer.port, "SUB");
    const message = (await socket.receive()).map((frame) => [...frame]);
    assertEquals(message, [[65, 66], Array(256).fill(5), []]);
    assertEquals((await socket.receive()).map((frame) => [...frame]), [[67]]);
    peer.hangUp();
    await assertRejects(() => socket.receive(), Deno.errors.UnexpectedEof, "the kernel has gone");
  },
);

testNeeding(NEEDS, "a NotebookSocket refuses what does not speak ZMTP 3", async () => {
  const version1 = GREETING.with(10, 1);
  for (const bytes of [_ascii("HTTP/1.1 400 Bad Request".padEnd(64)), version1]) {
    await using peer = await _peer(bytes);
    await assertRejects(
      () => NotebookSocket.connect(peer.port, "DEALER"),
      TypeError,
      "does not speak ZMTP 3",
    );
  }
});

/** Something that says these bytes to whoever connects. */
async function _peer(bytes: number[]) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const spoken = accepted.then(async (connection) => {
    for (let rest = Uint8Array.from(bytes); rest.length > 0;) {
      rest = rest.subarray(await connection.write(rest));
    }
  });
  return {
    port: listener.addr.port,
    async receive(size: number): Promise<number[]> {
      const connection = await accepted, all: number[] = [], piece = new Uint8Array(1024);
      while (all.length < size) all.push(...piece.subarray(0, (await connection.read(piece))!));
      return all;
    },
    hangUp: () => void accepted.then((connection) => connection.closeWrite()),
    async [Symbol.asyncDispose]() {
      await spoken;
      (await accepted).close();
      listener.close();
    },
  };
}

function _ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
