/**
 * Tests that need a permission, a peer or reference data: ignored with a reason where it is absent.
 *
 * The reason stands in the test's name, so that any reporter shows it, and so that the test command
 * can count the skips by reason.
 *
 * @module
 */

/** A need of a test: `undefined` when it is met, else the reason to skip. */
export type Need = string | undefined;

/** Reference data that is not distributed with the project: real wafers and peers' tables. */
export const REFERENCE_DATA = new URL("../../../shared/data/", import.meta.url);

/** Met when the permission is already granted; never prompts. */
export function permission(descriptor: Deno.PermissionDescriptor): Need {
  const granted = Deno.permissions.querySync(descriptor).state === "granted";
  return granted ? undefined : `no --allow-${descriptor.name}`;
}

/** Met when a file of the reference data can be read. */
export function referenceData(file: string): Need {
  const url = new URL(file, REFERENCE_DATA);
  const denied = permission({ name: "read", path: url });
  if (denied) return denied;
  try {
    Deno.statSync(url);
    return undefined;
  } catch {
    return "reference data absent";
  }
}

/** Reads a JSON file of the reference data; call it inside a test that declared the need. */
// deno-lint-ignore no-explicit-any
export function readReferenceJson(file: string): any {
  return JSON.parse(Deno.readTextFileSync(new URL(file, REFERENCE_DATA)));
}

/** Registers a test that runs when every need is met and is ignored, with the reason, otherwise. */
export function testNeeding(
  needs: readonly Need[],
  name: string,
  run: (context: Deno.TestContext) => void | Promise<void>,
): void {
  const reason = needs.find((need) => need !== undefined);
  if (reason === undefined) Deno.test(name, run);
  else Deno.test({ name: `${name} [skipped: ${reason}]`, ignore: true, fn: () => {} });
}
