// Whatever stands in a users file, it is taken or refused, and no message repeats a password.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pick } from '../../lib/random.ts'
import { parseUsers } from '../../lib/users-file.ts'
import { fuzz, mutateBytes } from './mutate.ts'

const CASES = 3_000
const SECRET = 'hunter2-S3CRET'

const USERS = Array.from({ length: 5 }, (_, index) => ({
  username: `user-${index}`,
  password: `${SECRET}-${index}`,
}))
const FILES = [
  JSON.stringify(USERS, null, 2),
  ['username,password', ...USERS.map(({ username, password }) => `${username},${password}`)].join(
    '\n',
  ),
  ['username,password', ...USERS.map(({ username, password }) => `${username},"${password}"`)].join(
    '\r\n',
  ),
].map((text) => Buffer.from(text))

const TOKENS = ['"', ',', '\n', '[', '{', '}', ']', ':', '\0', '\uFEFF', SECRET, 'null', '\\']

test(`${CASES} users files`, { timeout: 300_000 }, async () => {
  await fuzz({
    seed: 3,
    cases: CASES,
    create: (random) => mutateBytes(random, pick(random, FILES), TOKENS),
    show: String,
    check: (bytes) => {
      try {
        parseUsers(bytes.toString(), 'users.csv')
      } catch (error) {
        assert(error instanceof Error)
        assert.match(error.message, /^Expected /)
        assert.doesNotMatch(error.message, /hunter2|S3CRET/)
      }
    },
  })
})
