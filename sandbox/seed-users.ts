import type Database from 'libsql'
import { passwordDigest } from './password.ts'
import { createRandom } from './random.ts'

/** What a user pays for; response times and errors may be compared by it. */
export const SEGMENTS = ['free', 'pro', 'enterprise'] as const

export type Segment = (typeof SEGMENTS)[number]

/** The password of every seeded user. */
export const SANDBOX_PASSWORD = 'sandbox-password'

/** The name of the nth user, from 1: `user-0001` ... `user-5000`. */
export function usernameOf(number: number): string {
  return `user-${String(number).padStart(4, '0')}`
}

/** Inserts `users` users in one statement (about 4 ms for 5,000), their segments drawn by seed. */
export function seedUsers(
  database: Database.Database,
  { users, seed }: { users: number; seed: number },
): void {
  const random = createRandom(seed)
  const rows = Array.from({ length: users }, (_, index) => [
    usernameOf(index + 1),
    segmentOf(random()),
  ])
  database
    .prepare(
      `INSERT INTO users (id, username, segment, password_digest)
       SELECT key + 1, value ->> 0, value ->> 1, ? FROM json_each(?)`,
    )
    .run([passwordDigest(SANDBOX_PASSWORD), JSON.stringify(rows)])
}

/** 70 % free, 25 % pro, 5 % enterprise. */
function segmentOf(share: number): Segment {
  if (share < 0.7) return 'free'
  return share < 0.95 ? 'pro' : 'enterprise'
}
