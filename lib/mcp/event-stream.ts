// Pure: read by k6 and by Node. Parses the server-sent events of a complete body.

/**
 * The data of each message event, in the order of the stream. An event that is cut off by the end of the body is
 * dropped, as the standard says (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
export const eventData = (body: string): string[] => {
  const found: string[] = []
  let data: string[] = []
  let type = ''
  for (const line of linesOf(body)) {
    if (line === '') {
      if (data.length > 0 && (type === '' || type === 'message')) found.push(data.join('\n'))
      data = []
      type = ''
      continue
    }
    const [field, value] = fieldOf(line)
    if (field === 'data') data.push(value)
    if (field === 'event') type = value
  }
  // An event without data is no message: it only sets an id, or keeps the connection alive.
  return found.filter((text) => text !== '')
}

const BYTE_ORDER_MARK = '\uFEFF'

// The text after the last line break is an incomplete line.
const linesOf = (body: string): string[] => {
  const text = body.startsWith(BYTE_ORDER_MARK) ? body.slice(1) : body
  const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n')
  lines.pop()
  return lines
}

// A line that begins with a colon is a comment: a field without a name.
const fieldOf = (line: string): [field: string, value: string] => {
  const colon = line.indexOf(':')
  if (colon === -1) return [line, '']
  const value = line.slice(colon + 1)
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value]
}
