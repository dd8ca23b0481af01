/// <reference lib="dom" />

/**
 * Hands a file to the visitor.
 *
 * @param name Its name.
 * @param type Its media type.
 * @param content What it holds.
 */
export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
