import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, printableAll, printableInColour } from './printable.ts'

for (const [what, text, shown] of [
  ['an escape sequence', 'a\u001b[2Jb', 'a\uFFFD[2Jb'],
  ['one of C1', 'a\u009b31mb', 'a\uFFFD31mb'],
  ['the title of a window', '\u001b]0;owned\u0007', '\uFFFD]0;owned\uFFFD'],
  ['a line written over', 'PASS\rFAIL', 'PASS\uFFFDFAIL'],
  ['a deletion', 'a\u0008\u007fb', 'a\uFFFD\uFFFDb'],
  ['another direction', 'safe\u202Egpj.exe\u2066', 'safe\uFFFDgpj.exe\uFFFD'],
  ['half of a character', 'a\uD83D', 'a\uFFFD'],
  ['NUL', 'a\0b', 'a\uFFFDb'],
] as const) {
  test(`${what} is not printed`, () => assert.equal(printable(text), shown))
}

test('words of all languages, emoji, lines and tabs stay', () => {
  const text = 'Größe 大きさ שלום 👩‍👩‍👧\n\tat line 2\r\nnext'
  assert.equal(printable(text), text.replace('\r\n', '\n'))
})

test('the data of a file stays what it is, but for its texts and names', () => {
  const data = { n: 1, none: null, yes: true, list: ['\u009bx', { 'a\u001b': undefined }] }
  assert.deepEqual(printableAll(data), {
    ...data,
    list: ['\uFFFDx', { 'a\uFFFD': undefined }],
  })
})

test('of what a terminal obeys only colours stay in a text of ours', () => {
  const text = '\u001b[32mPASS\u001b[39m \u001b[2J\u001b[1;31mx\u001b[0m\r'
  assert.equal(
    printableInColour(text),
    '\u001b[32mPASS\u001b[39m \uFFFD[2J\u001b[1;31mx\u001b[0m\uFFFD',
  )
})
