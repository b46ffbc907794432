// Elements of the page. Strings become text and attribute values only, never markup.

export type Child = Node | string | null | undefined | false | Child[];

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string | number | boolean | null | undefined> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value != null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  append(element, children);
  return element;
}

export function append(element: Element, children: Child[]): void {
  for (const child of children)
    if (Array.isArray(child)) append(element, child);
    else if (child != null && child !== false) element.append(child);
}

const svgNamespace = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Text in which addresses are links; only http and https become one. */
export function linked(text: string): Child[] {
  const parts: Child[] = [];
  let from = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"'()[\]{}]+/gi)) {
    const address = found[0].replace(/[.,;:!?]+$/, "");
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      continue;
    }
    parts.push(text.slice(from, found.index));
    parts.push(el("a", { href: url.href, rel: "noopener noreferrer" }, address));
    from = found.index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}
