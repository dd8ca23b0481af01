/**
 * Programs that see other file systems than the rest of the machine: mounted in name spaces of their
 * own (Linux, `unshare` of util-linux), so that the machine is left alone.
 *
 * @module
 */
import { type Need, permission } from "./skips.ts";

/** A file system of so many kilobytes in memory, in place of the folder. */
export function smallDisk(kilobytes: number): string {
  return `mount -t tmpfs -o size=${kilobytes}k tmpfs "$1"`;
}

/** All but the folder can only be read. */
export const READ_ONLY_ELSEWHERE = 'mount --bind "$1" "$1" && mount -o remount,ro,bind /';

/** How a program ended. */
export interface MountedEnding {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program that sees other file systems.
 *
 * @param mounts What is mounted: {@linkcode smallDisk} or {@linkcode READ_ONLY_ELSEWHERE};
 * `undefined` for nothing.
 * @param folder The folder that it is about.
 * @param command The program and its arguments.
 * @param options Where it runs, and its variables; by default those of this process.
 * @returns How it ended.
 */
export async function runMounted(
  mounts: string | undefined,
  folder: string,
  command: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env" | "clearEnv"> = {},
): Promise<MountedEnding> {
  // The folder where it runs is looked up again, since it may lie in what was mounted.
  const script = `${mounts} && cd "$PWD" && shift && exec "$@"`;
  const unshare = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"];
  const [program, ...args] = mounts === undefined ? command : [...unshare, folder, ...command];
  const { code, stdout, stderr } = await new Deno.Command(program, { args, ...options }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Met where file systems can be mounted so. */
export async function canMount(): Promise<Need> {
  const denied = permission({ name: "run", command: "unshare" });
  if (denied !== undefined) return denied;
  const { code } = await runMounted(smallDisk(64), "/mnt", ["true"]).catch(() => ({ code: 1 }));
  return code === 0 ? undefined : "no name spaces to mount in";
}
