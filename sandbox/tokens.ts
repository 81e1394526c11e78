import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { ApiError } from './api-error.ts'
import type { Segment } from './seed-users.ts'
import type { SandboxSettings } from './settings.ts'

/** Who calls, as far as a token tells. */
export interface Caller {
  userId: number
  segment: Segment
}

/** The body of a successful login or refresh (OAuth 2.0 names, RFC 6749 section 5.1). */
export interface TokenPair {
  access_token: string
  refresh_token: string
  token_type: 'Bearer'
  /** Seconds until the access token expires. */
  expires_in: number
}

interface Claims {
  sub: number
  segment: Segment
  use: TokenUse
  /** Seconds since 1970. */
  exp: number
  /** Makes two tokens of one second differ. */
  jti: number
}

type TokenUse = 'access' | 'refresh'

// Only this header is ever accepted, so a token cannot choose its own algorithm.
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')

// Two tokens of each of the users there are by default; with more of them some are verified again.
const VERIFIED_MAX = 10_000

/** Issues and verifies JSON Web Tokens (RFC 7519, HS256). */
export class Tokens {
  readonly #settings: SandboxSettings
  readonly #nowMs: () => number
  readonly #key: Buffer
  // A signature stays right: computing it once for a token, not for each request, saves about 90 µs of each.
  readonly #verified = new LRUCache<string, Claims>({ max: VERIFIED_MAX })
  #issued = 0

  /** The key follows from the seed: tokens survive a restart, and guard nothing of value. */
  constructor(settings: SandboxSettings, nowMs: () => number) {
    this.#settings = settings
    this.#nowMs = nowMs
    this.#key = createHash('sha256').update(`k6-verdict sandbox ${settings.seed}`).digest()
  }

  issuePair(caller: Caller): TokenPair {
    const { accessTokenSeconds, refreshTokenSeconds } = this.#settings
    return {
      access_token: this.#issue(caller, 'access', accessTokenSeconds),
      refresh_token: this.#issue(caller, 'refresh', refreshTokenSeconds),
      token_type: 'Bearer',
      expires_in: accessTokenSeconds,
    }
  }

  /** @throws ApiError 401 `token_invalid` or `token_expired` */
  verify(token: string, use: TokenUse): Caller {
    const claims = this.#verified.get(token) ?? this.#claimsOf(token)
    if (claims?.use !== use) {
      throw new ApiError(401, 'token_invalid', `Expected a valid ${use} token`)
    }
    if (claims.exp * 1_000 <= this.#nowMs()) {
      throw new ApiError(401, 'token_expired', `The ${use} token has expired`)
    }
    return { userId: claims.sub, segment: claims.segment }
  }

  #issue({ userId, segment }: Caller, use: TokenUse, lifetimeSeconds: number): string {
    const exp = this.#nowMs() / 1_000 + lifetimeSeconds
    const claims: Claims = { sub: userId, segment, use, exp, jti: ++this.#issued }
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return `${HEADER}.${payload}.${this.#sign(payload).toString('base64url')}`
  }

  #claimsOf(token: string): Claims | undefined {
    const [header, payload, signature, ...rest] = token.split('.')
    if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) {
      return undefined
    }
    const given = Buffer.from(signature, 'base64url')
    const expected = this.#sign(payload)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
    // Signed by us, so it is what `#issue` wrote.
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
    this.#verified.set(token, claims)
    return claims
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#key).update(`${HEADER}.${payload}`).digest()
  }
}
