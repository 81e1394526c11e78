// Pure: read by k6 and by Node. Where a redirect leads and what is asked for there; in a bundle a VU has it from its
// first redirect on (esbuild.late.mjs).
import { addressOf, isAllowed, resolveLocation } from './address.ts'
import { parseDuration } from './duration.ts'
import type { Content } from './request-body.ts'

/** A request of a chain. */
export interface Hop {
  method: string
  url: string
  content: Content
  headers: Record<string, string>
  /** Whether the cookies of the request are sent, which are not of the VU's jar: that knows whose they are. */
  withCookies: boolean
}

/** A response that asks for another request. */
export interface Redirect {
  status: number
  url: string
  headers: Record<string, string>
}

/** Whose requests are followed, and how far. */
export interface Origins {
  baseUrl: string
  /** Names of the headers that prove who the user is: they stay with the target's origin. */
  own: readonly string[]
  /** Where else a redirect may lead. */
  allowed: readonly string[]
}

/** The next request; an origin that nobody has allowed is `refused`. As Go's client: 307 and 308 repeat the request. */
export const nextHop = (
  hop: Hop,
  { status, url, headers }: Redirect,
  { baseUrl, own, allowed }: Origins,
): Hop | { refused: string } => {
  const base = addressOf(baseUrl)
  const to = resolveLocation(headers['Location'] ?? '', url)
  if (!to) return { refused: 'what is no plain http:// or https:// URL' }
  if (!base || !isAllowed(to, [base.origin, ...allowed])) return { refused: to.origin }
  const isAtHome = to.origin === base.origin
  const kept = {
    url: to.url,
    headers: isAtHome ? hop.headers : without(hop.headers, [...own, ...SECRETS]),
    withCookies: hop.withCookies && isAtHome,
  }
  if (status >= 307) return { ...hop, ...kept }
  // The others ask for what is there.
  const method = hop.method === 'HEAD' ? 'HEAD' : 'GET'
  return { ...kept, method, content: null, headers: without(kept.headers, ['Content-Type']) }
}

const SECRETS = ['Authorization', 'Cookie']

const without = (headers: Hop['headers'], names: readonly string[]): Hop['headers'] => {
  const left = names.map((name) => name.toLowerCase())
  const kept = Object.entries(headers).filter(([name]) => !left.includes(name.toLowerCase()))
  return Object.fromEntries(kept)
}

/** What is left of a time-out, which is that of the whole chain. */
export const timeLeft = (timeout: string | number = K6_TIMEOUT_MS, spentMs: number): number => {
  const wholeMs = typeof timeout === 'string' ? parseDuration(timeout) * 1_000 : timeout
  return Math.max(1, wholeMs - spentMs)
}

const K6_TIMEOUT_MS = 60_000

/** Where a redirect led that is not followed. A path on another host may hold a secret, so only the host is told. */
export const ledTo = ({ headers }: Pick<Redirect, 'headers'>): string => {
  const location = headers['Location'] ?? 'nowhere'
  return /^\/(?![\\/])/.test(location)
    ? location.replace(/[?#].*/s, '')
    : location.replace(/^((?:[a-z]+:)?[\\/]*)(?:[^/?#]*@)?([^\\/?#]*).*/is, '$1$2')
}
