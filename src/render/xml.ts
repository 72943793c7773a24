const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// What no XML 1.0 document may hold, not even escaped: controls, lone surrogates and the two non-characters.
const impossible = /(?![\t\n\r\u007F-\u009F])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** A text inside of XML or HTML, also inside of an attribute. */
export const escapeXml = (text: string): string =>
  text.replace(impossible, '\uFFFD').replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** An attribute of XML: line breaks would become spaces there. */
export const escapeAttribute = (text: string): string =>
  escapeXml(text).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  return content === undefined
    ? `<${name}${shown.join('')}/>`
    : `<${name}${shown.join('')}>${content}</${name}>`;
}
