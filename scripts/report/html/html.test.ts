import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { html, jsonForScript, trusted } from './html.ts'

describe('a template', () => {
  test('escapes what could begin an element, or end an attribute', () => {
    const name = `<img src=x onerror="alert('1')">&`
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'
    assert.equal(html`<p title="${name}">${name}</p>`.text, `<p title="${escaped}">${escaped}</p>`)
  })

  test('takes other templates as they are, also in lists', () => {
    const items = ['a', '<b>'].map((name) => html`<i>${name}</i>`)
    assert.equal(html`<b>${items}</b>`.text, '<b><i>a</i><i>&lt;b&gt;</i></b>')
  })

  test('makes nothing of what is missing, and keeps zero', () => {
    assert.equal(html`${undefined}${false}${0}${''}`.text, '0')
  })

  test('shows control characters and turned reading directions instead of obeying them', () => {
    assert.equal(html`${'a\u0000b\u202ec\u2066d\u009be\n'}`.text, 'a\ufffdb\ufffdc\ufffdd\ufffde\n')
  })

  test('keeps backslashes', () => {
    assert.equal(html`${'C:\\new'}${trusted('\\n')}`.text, 'C:\\new\\n')
  })
})

test('JSON in a script element cannot end it, begin a comment, or break a line of JavaScript', () => {
  const value = { name: '</script><!--<script>&\u2028\u2029', more: [1, null] }
  const { text } = jsonForScript(value)
  assert.doesNotMatch(text, /[<>&\u2028\u2029]/)
  assert.deepEqual(JSON.parse(text), value)
})
