import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseUsers } from './users-file.ts'

const ANN = { username: 'ann', password: 'a,"b"\nc' }
const BOB = { username: 'bob', password: '' }

for (const { format, text } of [
  { format: 'JSON', text: JSON.stringify([ANN, { ...BOB, note: 'ignored' }]) },
  {
    format: 'CSV, quoted, in any order of columns',
    text: 'note,password,username\n,"a,""b""\nc",ann\r\nx,,bob',
  },
]) {
  test(`users are read from ${format}`, () => {
    assert.deepEqual(parseUsers(text, 'users'), [ANN, BOB])
  })
}

for (const { title, text, says } of [
  { title: 'an empty file', text: '', says: /column "username" in users, got ""$/ },
  { title: 'an empty list', text: '[]', says: /at least one user in users, got none$/ },
  { title: 'broken JSON', text: '[{"username":', says: /users to be JSON or CSV, got SyntaxError/ },
  { title: 'a missing column', text: 'username\nann', says: /column "password" in users/ },
  { title: 'a short row', text: 'username,password\nann', says: /in users, user 1, got/ },
  {
    title: 'a number for a password, which is not repeated',
    text: '[{"username":"a","password":1234}]',
    says: /^Error: (?!.*1234).*users, user 1/,
  },
]) {
  test(`${title} is refused with what was expected`, () => {
    assert.throws(() => parseUsers(text, 'users'), says)
  })
}
