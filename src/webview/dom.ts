/**
 * Builds elements. Text only ever becomes a text node or an attribute's value, so a certificate whose fields hold HTML
 * shows that HTML to the reader and nothing else.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const result = document.createElement(name);
  setAttributes(result, attributes);
  append(result, children);
  return result;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function svgElement(name: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const result = document.createElementNS(svgNamespace, name) as SVGElement;
  setAttributes(result, attributes);
  append(result, children);
  return result;
}

export function button(label: string, className: string, onClick: () => void): HTMLButtonElement {
  const result = element('button', { type: 'button', class: className }, label);
  result.addEventListener('click', onClick);
  return result;
}

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    target.setAttribute(name, value === true ? '' : String(value));
  }
}

function append(target: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== undefined) target.append(child);
}
