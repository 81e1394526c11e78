// Pure: read by k6 and by Node. k6's engine has no URL class, and a redirect must not mislead a request.

/** An http(s) URL in parts; everything but the path and the query in small letters. */
export interface Address {
  /** Without a fragment. */
  url: string
  /** Scheme, host and port: `https://api.example.com`. */
  origin: string
  /** With the port: `api.example.com:443`. */
  host: string
  hostname: string
}

/** Reads an absolute URL; undefined for one with a user, of another scheme, or in any way unusual. */
export const addressOf = (text: string): Address | undefined => {
  const [whole = ''] = text.split('#')
  // ASCII only: no user, no port without digits, and nothing that one parser reads in another way than the next.
  const absolute = /^(https?):\/\/([a-z\d._-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?([/?].*)?$/i
  const parts = isUnusual(text) ? undefined : absolute.exec(whole)
  if (!parts) return undefined
  const scheme = (parts[1] as string).toLowerCase()
  const hostname = (parts[2] as string).toLowerCase()
  const usual = scheme === 'http' ? 80 : 443
  const port = parts[3] === undefined ? usual : Number(parts[3])
  if (port < 1 || port > 65_535) return undefined
  const host = `${hostname}:${port}`
  const origin = `${scheme}://${port === usual ? hostname : host}`
  const rest = parts[4] ?? '/'
  return { url: origin + (rest[0] === '?' ? `/${rest}` : rest), origin, host, hostname }
}

/** Where a Location header leads to from the URL that answered with it (RFC 3986, 5.2). */
export const resolveLocation = (location: string, from: string): Address | undefined => {
  const base = addressOf(from)
  if (!base || /^[a-z][a-z\d+.-]*:/i.test(location)) return addressOf(location)
  if (location.startsWith('//'))
    return addressOf(`${base.origin.slice(0, base.origin.indexOf('/'))}${location}`)
  const [target = ''] = location.split('#')
  if (isUnusual(location)) return undefined
  const [path = '', query] = target.split(/\?([^]*)/)
  const [oldPath = ''] = base.url.slice(base.origin.length).split('?')
  if (path === '')
    return addressOf(query === undefined ? base.url : `${base.origin}${oldPath}?${query}`)
  const whole = path[0] === '/' ? path : oldPath.slice(0, oldPath.lastIndexOf('/') + 1) + path
  return addressOf(base.origin + withoutDots(whole) + (query === undefined ? '' : `?${query}`))
}

/** Whether a request may go there: to an origin, a host with its port, or a host name of the list. */
export const isAllowed = (
  { origin, host, hostname }: Address,
  allowed: readonly string[],
): boolean => {
  return allowed.includes(origin) || allowed.includes(host) || allowed.includes(hostname)
}

// Control signs, space, and the backslash, which some take for a slash.
const isUnusual = (text: string): boolean => /[\0-\x20\\\x7f]/.test(text)

const withoutDots = (path: string): string => {
  const kept: string[] = []
  const segments = path.split('/')
  segments.forEach((segment, index) => {
    const isDot = segment === '.' || segment === '..'
    if (segment === '..' && kept.length > 1) kept.pop()
    if (!isDot) kept.push(segment)
    else if (index === segments.length - 1) kept.push('')
  })
  return kept.join('/')
}
