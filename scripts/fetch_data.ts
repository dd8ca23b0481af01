/**
 * Lists or downloads the published ROOT samples from Zenodo: the only script that uses the network.
 *
 *     deno run --no-prompt --allow-net=zenodo.org --allow-read=data --allow-write=data scripts/fetch_data.ts
 *
 * @module
 */
import {
  checkFileName,
  parseZenodoRecord,
  PUBLISHED_RECORDS,
  type ZenodoFile,
} from "../src/datasets/published/zenodo.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { download, downloadJson, type DownloadOptions } from "./std/download.ts";
import { ProgressBar } from "./std/progress_bar.ts";

const OPTIONS = {
  record: {
    kind: "integer",
    describe: `Number of the record; the paper's are ${PUBLISHED_RECORDS.join(" and ")}`,
    least: 1,
    default: PUBLISHED_RECORDS[0],
  },
  list: { kind: "flag", describe: "List the files and their sizes, and download nothing" },
  files: {
    kind: "text",
    value: "NAME[,NAME...]",
    describe: "Download these files; without it all of the record",
  },
  output: {
    kind: "text",
    value: "FOLDER",
    describe: "Where to; in a folder with the record's number",
    default: "data/zenodo",
    names: "output folder",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fetch_data.ts",
  summary: "Lists or downloads the published ROOT samples. An interrupted download is continued.",
  permissions: {
    "--allow-net=zenodo.org": "asking Zenodo",
    "--allow-read=data": "what is there already, and checksums",
    "--allow-write=data": "the files",
  },
  options: OPTIONS,
  example: `--record ${PUBLISHED_RECORDS[0]} --list`,
};

/** How the server is reached; another one for tests. */
export interface FetchOptions extends Omit<DownloadOptions, "onProgress"> {
  /** The server. Default "https://zenodo.org". */
  baseUrl?: string;
}

/**
 * Lists or downloads files of a record.
 *
 * @param values The values of the options.
 * @param options How the server is reached.
 * @throws {RangeError} If a file has a name that could leave the folder, or the record has no file of
 * a wanted name.
 * @throws {TypeError} If the server does not answer as Zenodo does, or a checksum is wrong.
 * @throws {Error} If the server refuses, or cannot be reached.
 */
export async function fetchData(
  values: CommandValues<typeof OPTIONS>,
  options: FetchOptions = {},
): Promise<void> {
  const { baseUrl = "https://zenodo.org", ...downloadOptions } = options;
  const answer = await downloadJson(`${baseUrl}/api/records/${values.record}`, downloadOptions);
  const { title, files } = parseZenodoRecord(answer, baseUrl);
  if (values.list) {
    console.log([`Record ${values.record}: ${title}`, ...files.map(_line)].join("\n"));
    return;
  }

  const wanted = _wanted(values.record, files, values.files);
  const folder = `${values.output}/${values.record}`;
  await Deno.mkdir(folder, { recursive: true });
  for (const file of wanted) {
    const path = `${folder}/${file.name}`;
    const bar = new ProgressBar({ max: _megabytes(file.size), label: `${file.name}, MB:` });
    const onProgress = (bytes: number) => void (bar.value = _megabytes(bytes));
    const isNew = await download(file, path, { ...downloadOptions, onProgress });
    if (isNew) bar.stop();
    console.log(`${path} ${isNew ? "downloaded" : "was there"}, its checksum is right`);
  }
}

function _wanted(
  record: number,
  files: readonly ZenodoFile[],
  names: string | undefined,
): readonly ZenodoFile[] {
  return names?.split(",").map((name) => {
    const file = files.find((file) => file.name === checkFileName(name));
    if (file !== undefined) return file;
    throw new RangeError(
      `Cannot download ${name}: record ${record} has no such file, ` +
        `it has [${files.map((file) => file.name).join(", ")}]`,
    );
  }) ?? files;
}

function _line({ name, size }: ZenodoFile): string {
  return `${_megabytes(size).toLocaleString("en-US").padStart(12)} MB  ${name}`;
}

function _megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

if (import.meta.main) await runCommand(COMMAND, (values) => fetchData(values));
