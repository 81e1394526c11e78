// What a JSON Web Token (RFC 7519) says of itself; nothing here checks its signature.
import { b64decode } from 'k6/encoding'

/** The claims of a token, with or without `Bearer` before it; empty for a token of another kind. */
export const claimsOf = (token: string): Record<string, unknown> => {
  try {
    const claims: unknown = JSON.parse(b64decode(token.split('.')[1] ?? '', 'rawurl', 's'))
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
