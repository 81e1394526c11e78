// Pure: read by k6 and by Node. The formats that JSON Schema and OpenAPI name.

/** Looks at texts and whole numbers of a format; undefined for one that says nothing of them, or that nobody knows. */
export const formatTest = (format: string): ((value: unknown) => boolean) | undefined => {
  if (format === 'int32') return (value) => typeof value !== 'number' || value === (value | 0)
  if (format === 'int64') return (value) => typeof value !== 'number' || Number.isInteger(value)
  const text = PATTERNS[format]
  if (text === undefined) return undefined
  const pattern = new RegExp(`^(?:${text})$`, 'i')
  return (value) => typeof value !== 'string' || pattern.test(value)
}

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])'
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?(?:z|[+-]\\d\\d:?\\d\\d)'
const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'
const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'

// As texts: a VU compiles those that it needs.
const PATTERNS: Readonly<Record<string, string>> = {
  date: DATE,
  time: TIME,
  'date-time': `${DATE}[t ]${TIME}`,
  email: `[^\\s@]+@${LABEL}(?:\\.${LABEL})*`,
  hostname: `${LABEL}(?:\\.${LABEL})*`,
  ipv4: `${BYTE}(?:\\.${BYTE}){3}`,
  ipv6: '[\\da-f.]*:[\\da-f:.]+',
  uri: '[a-z][a-z\\d+.-]*:\\S+',
  'uri-reference': '\\S*',
  uuid: '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}',
  byte: '(?:[a-z\\d+/]{4})*(?:[a-z\\d+/]{2}==|[a-z\\d+/]{3}=)?',
}
