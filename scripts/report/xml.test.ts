import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from '../../tests/support/report/example-xml.ts'
import { element } from './xml.ts'

test('every character comes back as it was, or not at all where XML cannot hold it', () => {
  const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
  for (let code = 0; code <= 0x10ffff; code += 997) {
    check(
      String.fromCodePoint(...Array.from({ length: 997 }, (_, i) => Math.min(code + i, 0x10ffff))),
    )
  }
  check(']]> <![CDATA[x]]> &amp; &#0; "\' \r\n\t')

  function check(text: string): void {
    const { attributes, text: content } = parseXml(element('a', { b: text }, text))
    const kept = text.replaceAll(forbidden, '')
    assert.equal(content, kept)
    assert.equal(attributes['b'], kept)
  }
})

test('elements are nested and indented, and the text of one is not', () => {
  const inner = element(
    'b',
    {},
    ['x', 'y'].map((name) => element('c', { name }, 'one\n two')),
  )
  assert.equal(
    element('a', { n: 1, left: undefined }, [inner]),
    [
      '<a n="1">',
      '  <b>',
      '    <c name="x">one\n two</c>',
      '    <c name="y">one\n two</c>',
      '  </b>',
      '</a>',
    ].join('\n'),
  )
})
