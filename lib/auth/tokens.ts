// Tokens as log-ins give them.
import type { Response } from '../session.ts'
import { claimsOf } from './jwt.ts'

/** Plain data: setup() hands them to every VU as JSON. */
export interface Tokens {
  access: string
  refresh?: string
  /** Unix time from which to ask for the next one; missing when nobody said an end. */
  renewAtMs?: number
}

/** Where a response has its tokens: names, with dots for what is further inside, e.g. `data.session.token`. */
export interface TokenNames {
  /** @default 'access_token' */
  token?: string
  /** @default 'refresh_token' */
  refreshToken?: string
  /** Renews this long before a token ends, so that no request meets the very end. @default 30 */
  skewSeconds?: number
}

/**
 * Tokens of a response with any status from 200 to 299; undefined of any other. Their end is `expires_in` (seconds)
 * beside the token, or the claim `exp` of a JSON Web Token. They are due somewhat before it, and a token that lives
 * for less than two skews after half its life.
 */
export const tokensOf = (response: Response, names: TokenNames = {}): Tokens | undefined => {
  const { token = 'access_token', refreshToken = 'refresh_token', skewSeconds = 30 } = names
  if (response.status < 200 || response.status > 299) return undefined
  const access = valueAt(response, token)
  if (typeof access !== 'string' || access === '') return undefined
  const refresh = valueAt(response, refreshToken)
  const lifeSeconds = lifeOf(access, valueAt(response, besides(token, 'expires_in')))
  const leftSeconds = lifeSeconds - Math.min(skewSeconds, lifeSeconds / 2)
  return {
    access,
    ...(typeof refresh === 'string' && { refresh }),
    ...(lifeSeconds !== Infinity && { renewAtMs: Date.now() + leftSeconds * 1_000 }),
  }
}

// A body that is no JSON has no tokens.
const valueAt = (response: Response, path: string): unknown => {
  try {
    return response.json(path)
  } catch {
    return undefined
  }
}

const besides = (path: string, name: string): string => {
  return [...path.split('.').slice(0, -1), name].join('.')
}

const lifeOf = (access: string, expiresIn: unknown): number => {
  if (Number(expiresIn) > 0) return Number(expiresIn)
  const { exp, iat } = claimsOf(access)
  // The issuer's clock may be another one: what counts is how long it says that the token lives.
  return typeof exp === 'number'
    ? exp - (typeof iat === 'number' ? iat : Date.now() / 1_000)
    : Infinity
}
