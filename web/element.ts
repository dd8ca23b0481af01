/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * Finding and making elements of the page.
 *
 * @module
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * The element with an id.
 *
 * @param id The id, which index.html has.
 * @param kind The class that it must have.
 * @returns The element.
 * @throws {TypeError} If there is no such element.
 */
export function find<E extends Element>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new TypeError(`Cannot show the page: there is no ${kind.name} with id ${id}`);
}

/**
 * A new element of SVG.
 *
 * @param name Its name.
 * @param attributes Its attributes.
 * @returns The element.
 */
export function svgNode<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * A new button.
 *
 * @param text What stands on it.
 * @param onClick What it does.
 * @returns The button.
 */
export function button(text: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", onClick);
  return element;
}
