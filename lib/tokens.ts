// Pure: read by k6 and by Node. Access tokens as OAuth-style answers give them.

/** Plain data: setup() hands them to every VU as JSON. */
export interface Tokens {
  access: string
  refresh?: string
  /** Unix time from which to ask for the next one; missing when the API gave no end. */
  renewAtMs?: number
}

/**
 * Tokens of `{ access_token, refresh_token?, expires_in? }`; undefined for any other body. They are
 * due `skewMs` before their end, so that no request meets the very end; one that lives for less than
 * two skews is due after half its life.
 */
export const readTokens = (body: unknown, nowMs: number, skewMs: number): Tokens | undefined => {
  if (typeof body !== 'object' || body === null) return undefined
  const { access_token, refresh_token, expires_in } = body as Record<string, unknown>
  if (typeof access_token !== 'string' || access_token === '') return undefined
  const lifeMs = typeof expires_in === 'number' ? expires_in * 1_000 : Infinity
  return {
    access: access_token,
    ...(typeof refresh_token === 'string' && { refresh: refresh_token }),
    ...(lifeMs !== Infinity && { renewAtMs: nowMs + lifeMs - Math.min(skewMs, lifeMs / 2) }),
  }
}
