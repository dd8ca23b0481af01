/**
 * A cluster of one node, this machine, made of Debian's slurm-wlm and munge in a folder of its own.
 *
 * @module
 */
import { type Need, permission } from "../_support/skips.ts";

const DAEMONS = ["/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd"];
/** How long daemons may take to start, milliseconds. */
const PATIENCE = 30_000;

/** What a test needs that starts a {@linkcode SlurmNode}. */
export async function slurmNeed(): Promise<Need> {
  const denied = permission({ name: "run" }) ?? permission({ name: "env" });
  if (denied !== undefined) return denied;
  for (const daemon of DAEMONS) {
    const isThere = await Deno.stat(daemon).then(() => true, () => false);
    if (!isThere) return "no slurm-wlm (apt-get install slurm-wlm)";
  }
  return Deno.uid() === 0 ? undefined : "Slurm's daemons want to be root";
}

/** The running cluster; `await using` ends it. */
export class SlurmNode {
  readonly #folder: string;
  readonly #daemons: Deno.ChildProcess[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Starts it, with this process's environment pointing at it.
   *
   * @param folder An absolute path of an empty folder for its files; short, as a socket lies in it.
   */
  static async start(folder: string): Promise<SlurmNode> {
    const node = new SlurmNode(folder);
    try {
      await node.#start();
    } catch (error) {
      await node[Symbol.asyncDispose]();
      throw error;
    }
    return node;
  }

  async #start(): Promise<void> {
    const folder = this.#folder, host = Deno.hostname(), socket = `${folder}/munge.socket`;
    const [controlPort, nodePort] = _freePorts();
    const key = crypto.getRandomValues(new Uint8Array(1024));
    await Deno.writeFile(`${folder}/munge.key`, key, { mode: 0o400 });
    await Deno.writeTextFile(
      `${folder}/slurm.conf`,
      `ClusterName=hexmover
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controlPort}
SlurmdPort=${nodePort}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${socket}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MpiDefault=none
JobRequeue=0
ReturnToService=2
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${navigator.hardwareConcurrency} State=UNKNOWN
PartitionName=all Nodes=${host} Default=YES State=UP
`,
    );
    await Promise.all(["state", "spool"].map((name) => Deno.mkdir(`${folder}/${name}`)));
    Deno.env.set("SLURM_CONF", `${folder}/slurm.conf`);

    const [munged, slurmctld, slurmd] = DAEMONS;
    this.#spawn(munged, [
      "--foreground",
      "--force",
      `--key-file=${folder}/munge.key`,
      `--socket=${socket}`,
      `--pid-file=${folder}/munged.pid`,
      `--seed-file=${folder}/munged.seed`,
    ]);
    await _until(() => Deno.stat(socket).then(() => true, () => false), "munged has no socket");
    this.#spawn(slurmctld, ["-D"]);
    this.#spawn(slurmd, ["-D", "-N", host]);
    await _until(
      async () => (await _output("sinfo", ["-h", "-o", "%T"])) === "idle",
      "no idle node",
    );
  }

  #spawn(daemon: string, args: string[]): void {
    const log = `${this.#folder}/${daemon.split("/").at(-1)}.log`;
    const command = new Deno.Command("sh", {
      args: ["-c", `exec "$0" "$@" > "${log}" 2>&1`, daemon, ...args],
      stdin: "null",
    });
    this.#daemons.push(command.spawn());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await _output("scancel", ["--user=root"]).catch(() => "");
    for (const daemon of this.#daemons.toReversed()) {
      try {
        daemon.kill("SIGTERM");
      } catch {
        // It has ended by itself.
      }
      await daemon.status;
    }
    Deno.env.delete("SLURM_CONF");
  }
}

/** Two ports that nobody listens on. */
function _freePorts(): number[] {
  const listeners = [0, 0].map((port) => Deno.listen({ hostname: "127.0.0.1", port }));
  return listeners.map((listener) => {
    listener.close();
    return (listener.addr as Deno.NetAddr).port;
  });
}

async function _output(command: string, args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).trim();
}

async function _until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const end = Date.now() + PATIENCE; !(await isSo());) {
    if (Date.now() > end) throw new Error(`Slurm did not start: ${otherwise}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
