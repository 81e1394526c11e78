import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseUsers } from './users-file.ts'

const ANN = { username: 'ann', password: 'a,"b"\nc' }
const BOB = { username: 'bob', password: '' }

for (const { format, text } of [
  { format: 'JSON', text: JSON.stringify([ANN, { ...BOB, note: 'ignored' }]) },
  {
    format: 'CSV, quoted, in any order of columns, with an empty line',
    text: '\uFEFFnote,password,username\n,"a,""b""\nc",ann\r\n\r\nx,,bob\n',
  },
]) {
  test(`users are read from ${format}`, () => {
    assert.deepEqual(parseUsers(text, 'users'), [ANN, BOB])
  })
}

const WORD = 'Hunter2-S3CR3T'

for (const { title, text, says } of [
  { title: 'an empty file', text: ' \n', says: /users to be .*"username" and "pass.*got an empty/ },
  { title: 'an empty list', text: '[]', says: /at least one user in users, got none$/ },
  { title: 'a header alone', text: 'username,password\n', says: /at least one user in users/ },
  { title: 'broken JSON', text: `[{"username":"${WORD}"`, says: /users to be .*a syntax error$/ },
  { title: 'wrong JSON', text: `[${WORD}]`, says: /users to be .*, got JSON with a syntax error$/ },
  {
    title: 'one object',
    text: `{"password":"${WORD}"}`,
    says: /users to be a JSON list.*one JSON/,
  },
  {
    title: 'no header',
    text: `ann,${WORD}`,
    says: /users, line 1, to name the columns "username"/,
  },
  { title: 'a missing column', text: `\nusername\n${WORD}`, says: /users, line 2, to name/ },
  {
    title: 'another separator',
    text: `username;password\nann;${WORD}`,
    says: /users, line 1, to name .*, got columns that no comma separates$/,
  },
  {
    title: 'a short row, after one over two lines',
    text: `username,password\n"a\nb",${WORD}\n${WORD}`,
    says: /in users, line 4, got/,
  },
  {
    title: 'a password with a comma that is not quoted',
    text: `username,password\nann,${WORD},more`,
    says: /2 columns in users, line 2, got 3$/,
  },
  { title: 'an empty name', text: `username,password\n ,${WORD}`, says: /in users, line 2, got/ },
  { title: 'a name alone', text: `["${WORD}"]`, says: /in users, user 1, got something else$/ },
  {
    title: 'a number for a password',
    text: '[{"username":"a","password":1234}]',
    says: /in users, user 1, got something else$/,
  },
]) {
  test(`${title} is refused with what was expected and without what was found`, () => {
    assert.throws(
      () => parseUsers(text, 'users'),
      ({ message }: Error) => {
        assert.match(message, says)
        assert.doesNotMatch(message, /Hunter2|1234|ann/)
        return true
      },
    )
  })
}
