import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '../reasons/reasons.ts'
import { createRow, saying } from '../../tests/support/report/example-rows.ts'
import { createVerdict, hostileVerdict } from '../../tests/support/report/example-verdict.ts'
import { markdown, MARKDOWN_BYTES_MAX } from './markdown.ts'
import { markdownText } from './markdown-text.ts'

for (const [text, expected] of [
  ['a|b', 'a\\|b'],
  ['`x`', '\\`x\\`'],
  ['<img src=x>', '&lt;img src=x&gt;'],
  ['&lt;', '&amp;lt;'],
  ['@team', '@\u200Bteam'],
  ['me@example.com', 'me@\u200Bexample.com'],
  ['see #1', 'see #\u200B1'],
  ['a\r\nb\u2028c\u0000d', 'a b c d'],
  ['[x](http://e)', '\\[x\\](http://e)'],
  ['![x](y)', '\\!\\[x\\](y)'],
  ['- x', '\\- x'],
  ['1. x', '1\\. x'],
  ['snake_case $x$', 'snake\\_case \\$x\\$'],
  ['left\u202Eright', 'left right'],
  ['POST /v1/enhance', 'POST /v1/enhance'],
] as const) {
  test(`${JSON.stringify(text)} is ${JSON.stringify(expected)} in Markdown`, () => {
    assert.equal(markdownText(text), expected)
  })
}

test('hostile text ends no line and no cell, and mentions nobody', () => {
  const lines = markdown(hostileVerdict()).split('\n')
  for (const line of lines.filter((each) => each.startsWith('|'))) {
    assert.equal(line.match(/(?<!\\)\|/g)?.length, 8, line)
  }
  assert.equal(lines.filter((line) => line.startsWith('#')).length, 1)
  assert.doesNotMatch(lines.join('\n'), /@\w|#\d|<(?!\/)/)
})

test('the verdict comes first, then the reasons', () => {
  const lines = markdown(createVerdict({ verdict: 'FAIL', reasons: [saying('too slow')] })).split(
    '\n',
  )
  assert.deepEqual(lines.slice(0, 3), ['## FAIL: load on better-prompts', '', '- too slow'])
})

test('the slowest endpoints come first, and those without requests not at all', () => {
  const rows = markdown(createVerdict()).match(/^\| (GET|POST) \S+/gm)
  assert.deepEqual(rows, ['| POST /v1/enhance', '| GET /v1/history'])
})

test('a report with very many long names stays below its limit, and ends with a whole line', () => {
  const long = '<&>'.repeat(1_000)
  const objectives = Array.from({ length: 500 }, (_, index) =>
    createRow({ id: `${index}${long}`, indicator: long, limit: long }),
  )
  const text = markdown(
    createVerdict({ objectives, reasons: Array<Reason>(500).fill(saying(long)) }),
  )
  assert.ok(Buffer.byteLength(text) <= MARKDOWN_BYTES_MAX, `${Buffer.byteLength(text)} bytes`)
  assert.ok(text.endsWith('The rest is in report.html.\n'))
})

test('of many objectives, those that are missed are shown', () => {
  const objectives = [
    ...Array.from({ length: 200 }, (_, index) => createRow({ id: `o-${index}` })),
    createRow({ id: 'missed', verdict: 'FAIL', reason: saying('why') }),
  ]
  const text = markdown(createVerdict({ objectives }))
  assert.match(text, /\| FAIL \| missed \|/)
  assert.match(text, /More objectives in report\.html: 101\./)
})
