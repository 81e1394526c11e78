import { createHash, timingSafeEqual } from 'node:crypto'

// Compared with when the user is unknown, so that both answers take equally long.
const NO_DIGEST = passwordDigest('')

/**
 * The stored form of a password: one SHA-256, in hex.
 *
 * A real service needs a slow, salted hash (scrypt, Argon2). Here 1,000 users log in within a
 * second on one core, their password is printed in the documentation, and a slow hash would make
 * every load test measure the hash.
 */
export function passwordDigest(password: string): string {
  return createHash('sha256').update(password).digest('hex')
}

/** Compares in constant time; `digest` is undefined for an unknown user, which never matches. */
export function isPassword(password: string, digest: string | undefined): boolean {
  const expected = Buffer.from(digest ?? NO_DIGEST)
  const matches = timingSafeEqual(Buffer.from(passwordDigest(password)), expected)
  return matches && digest !== undefined
}
