/** Attributes of an element; undefined ones are left out. */
export type Attributes = Record<string, string | number | undefined>

// XML 1.0 has no way to write any other character, not even escaped.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** An element on lines of its own; its content is lines of XML, or one text. */
export function element(name: string, attributes: Attributes, content: string[] | string): string {
  const start = `${name}${attributesText(attributes)}`
  if (typeof content === 'string') return `<${start}>${xmlText(content)}</${name}>`
  if (content.length === 0) return `<${start}/>`
  const inner = content.join('\n').replaceAll(/^(?= *<)/gm, '  ')
  return `<${start}>\n${inner}\n</${name}>`
}

/** Any text as the content of an element; `]]>` cannot remain, since `>` is escaped too. */
function xmlText(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${attributeText(String(value))}"`)
    .join('')
}

// A reader turns a bare line break of an attribute into a space.
function attributeText(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
