/**
 * What it takes to open notebooks in Jupyter: Jupyter itself, and a kernel that it finds.
 *
 * @module
 */

/** A Jupyter that is there. */
export type Jupyter = "lab" | "notebook";

/** Where Debian and its kin say that they are. */
const DEBIAN = "/etc/debian_version";

/**
 * Looks for Jupyter.
 *
 * @returns JupyterLab or the classic notebook, as `jupyter` calls them; `undefined` for neither.
 */
export async function findJupyter(): Promise<Jupyter | undefined> {
  for (const kind of ["lab", "notebook"] as const) {
    const version = new Deno.Command("jupyter", {
      args: [kind, "--version"],
      stdout: "null",
      stderr: "null",
    });
    try {
      const { success } = await version.output();
      if (success) return kind;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

/**
 * The command that installs Jupyter on this machine.
 *
 * @returns One line for a shell.
 */
export async function installCommand(): Promise<string> {
  if (Deno.build.os === "darwin") return "brew install jupyterlab";
  const isDebian = await Deno.stat(DEBIAN).then(() => true, () => false);
  return isDebian ? "sudo apt-get install -y jupyter-notebook" : "pip install jupyterlab";
}

/**
 * The command that starts Deno's kernel, for a kernel specification. Where Deno itself lies in a cache,
 * as under `npx`, its place may be gone tomorrow: then it is `npx` that is asked for Deno.
 *
 * @param deno Where Deno lies. Default this one.
 * @param version Which version it is. Default this one.
 * @returns The command and its arguments; Jupyter puts in the connection file.
 */
export function kernelCommand(
  deno: string = Deno.execPath(),
  version: string = Deno.version.deno,
): string[] {
  const isCached = /[\\/](_npx|node_modules|\.cache|\.npm)[\\/]/.test(deno);
  const program = isCached ? ["npx", "-y", `deno@${version}`] : [deno];
  return [...program, "jupyter", "--kernel", "--conn", "{connection_file}"];
}

/**
 * Writes a kernel specification for this project alone; nothing outside the folder is touched.
 *
 * @param folder Folder for Jupyter's data; with it in `JUPYTER_PATH`, Jupyter finds the kernel.
 */
export async function writeKernelSpecification(folder: URL): Promise<void> {
  const kernel = new URL("kernels/deno/", folder); // "deno" is what notebooks ask for
  await Deno.mkdir(kernel, { recursive: true });
  const specification = { argv: kernelCommand(), display_name: "Deno", language: "typescript" };
  await Deno.writeTextFile(
    new URL("kernel.json", kernel),
    JSON.stringify(specification, null, 2) + "\n",
  );
}
