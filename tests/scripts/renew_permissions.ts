/**
 * Writes the table of docs/permissions.md anew, from what scripts say of themselves:
 *
 *     deno run --lock=tests/deno.lock --no-prompt --allow-read=. --allow-write=docs tests/scripts/renew_permissions.ts && deno fmt docs/permissions.md
 *
 * @module
 */
import { allScripts } from "../_support/all_scripts.ts";
import { PROJECT } from "../_support/run_script.ts";
import { permissionTable } from "../_support/permission_table.ts";

const page = new URL("docs/permissions.md", PROJECT);
const [text] = (await Deno.readTextFile(page)).split("| script ");
const commands = (await allScripts()).map(({ command }) => command!);
const head = ["| script | permission | needed for |", "| --- | --- | --- |"];
const table = [...head, ...permissionTable(commands), ""].join("\n");
await Deno.writeTextFile(page, text + table);
