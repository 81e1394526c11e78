import { runningStack } from '../observability/stack-state.ts'
import { prometheusHeadersUnusable, prometheusUrlUnusable } from './errors.ts'
import type { Receiver } from './remote-write.ts'

const DEFAULT_URL = 'http://127.0.0.1:9090'

/** Where Prometheus takes remote writes. */
const WRITE_PATH = '/api/v1/write'

const PREFIX = 'K6_PROMETHEUS_RW_'

/**
 * The receiver that `--prometheus` names, with the credentials and headers that k6 itself takes from
 * the environment. A URL without a path gets Prometheus's own.
 *
 * @param value of the option; `true` without one: then K6_PROMETHEUS_RW_SERVER_URL, the Prometheus of
 * `npm run observability`, or the default
 * @throws ToolkitError for anything but an http(s) URL without credentials
 */
export function receiverOf(value: string | true, env: NodeJS.ProcessEnv): Receiver {
  const text = value === true ? usualUrl(env) : value
  const skips = env[`${PREFIX}INSECURE_SKIP_TLS_VERIFY`] === 'true'
  return {
    url: writeUrl(text),
    headers: { ...ownHeaders(env), ...authorization(env) },
    ...(skips && { acceptsAnyCertificate: true }),
  }
}

/**
 * Who asks, once more for k6 itself: with any header of the user's, k6 v2.2.0 forgets the name and the password
 * (remote/client.go), but not this header.
 */
export function authorizationVariable({
  headers,
}: Pick<Receiver, 'headers'>): Record<string, string> {
  const { Authorization: value } = headers
  return value === undefined ? {} : { [`${PREFIX}HEADERS_Authorization`]: value }
}

function usualUrl(env: NodeJS.ProcessEnv): string {
  return env[`${PREFIX}SERVER_URL`] || runningStack(env)?.prometheus || DEFAULT_URL
}

function writeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw prometheusUrlUnusable(text, 'an http:// or https:// URL')
  }
  if (url.username !== '' || url.password !== '') {
    const shown = `${url.protocol}//***@${url.host}${url.pathname}`
    throw prometheusUrlUnusable(shown, 'a URL without a name and a password')
  }
  // What is shown and kept of a run is the whole URL, and a token is often in the query.
  if (url.search !== '' || url.hash !== '') {
    throw prometheusUrlUnusable(`${url.origin}${url.pathname}`, 'a URL without a query')
  }
  if (url.pathname === '/') url.pathname = WRITE_PATH
  return url.href
}

function authorization(env: NodeJS.ProcessEnv): Record<string, string> {
  const { USERNAME: user, PASSWORD: password = '', BEARER_TOKEN: token } = ofOutput(env)
  if (user) {
    return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
  }
  return token ? { Authorization: `Bearer ${token}` } : {}
}

// As k6 reads them: a list of name:value, and one variable for each name.
function ownHeaders(env: NodeJS.ProcessEnv): Record<string, string> {
  const variables = ofOutput(env)
  const listed = variables['HTTP_HEADERS']?.split(',').map((pair) => pair.split(':')) ?? []
  // k6 would end with an error that quotes it.
  const isRead = listed.every(({ length, 0: name }) => length === 2 && name !== '')
  if (!isRead) throw prometheusHeadersUnusable(`${PREFIX}HTTP_HEADERS`)
  const single = Object.entries(variables).flatMap(([name, value = '']) => {
    return name.startsWith('HEADERS_') ? [[name.slice('HEADERS_'.length), value] as const] : []
  })
  return Object.fromEntries([...listed, ...single]) as Record<string, string>
}

function ofOutput(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const own = Object.entries(env).filter(([name]) => name.startsWith(PREFIX))
  return Object.fromEntries(own.map(([name, value]) => [name.slice(PREFIX.length), value]))
}
