// A strict reader of the XML that reports are made of, to hold them against what XML 1.0 allows.

export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u
const TAG = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>/y

/** Parses a document; anything that is not well-formed throws. */
export function parseXml(document: string): XmlElement {
  if (!CHARACTERS.test(document)) throw new Error('Expected characters of XML 1.0')
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let at = document.startsWith('<?xml') ? document.indexOf('?>') + 2 : 0
  while (at < document.length) {
    const inner = open.at(-1) ?? root
    const next = document.indexOf('<', at)
    const end = next < 0 ? document.length : next
    inner.text += unescaped(document.slice(at, end))
    if (next < 0) break
    TAG.lastIndex = next
    const [tag, isEnd, name = '', attributes = '', isEmpty] = TAG.exec(document) ?? []
    if (tag === undefined) throw new Error(`Expected a tag, got ${document.slice(next, next + 40)}`)
    at = next + tag.length
    if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`Expected the end of another element: ${name}`)
      continue
    }
    const element = { name, attributes: attributesOf(attributes), children: [], text: '' }
    inner.children.push(element)
    if (!isEmpty) open.push(element)
  }
  const [only] = root.children
  if (open.length > 1 || !only || root.children.length > 1) throw new Error('Expected one element')
  return only
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.-]+)="([^"]*)"/g)]
  // A reader turns bare line breaks of an attribute into spaces.
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [name, unescaped(value.replaceAll(/[\n\t]/g, ' '))]),
  )
}

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error('Expected no ]]> in text')
  return text.replaceAll(/&([^;]*;)?/g, (entity, inside: string | undefined) => {
    const name = inside?.slice(0, -1) ?? ''
    if (/^#\d+$/.test(name)) return String.fromCodePoint(Number(name.slice(1)))
    const character = ENTITIES[name]
    if (character === undefined) throw new Error(`Expected an entity, got ${entity}`)
    return character
  })
}

/** All elements of a name, at any depth. */
export function allOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allOf(child, name),
  ])
}
