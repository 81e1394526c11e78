import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExpositionError, parseExposition } from './parse-exposition.ts'

const all = (): boolean => true

function seriesOf(text: string) {
  return parseExposition(text, all).series
}

test('a line is a name, labels, a value, and perhaps a time', () => {
  const text =
    '# HELP a_total Help with "quotes" and {braces}.\n# TYPE a_total counter\n' +
    'a_total{code="200",path="/x"} 12 1395066363000\r\na_total 1e3\n\n  b 0.5  \n'
  assert.deepEqual(seriesOf(text), [
    ['a_total', { code: '200', path: '/x' }, 12],
    ['a_total', {}, 1_000],
    ['b', {}, 0.5],
  ])
})

test('escapes of a label are read, and braces and commas in it are its own', () => {
  assert.deepEqual(seriesOf(String.raw`a{path="C:\\dir\\n",say="\"hi\", {x}\n",} 1`), [
    ['a', { path: String.raw`C:\dir\n`, say: '"hi", {x}\n' }, 1],
  ])
})

test('what is no number is read as such', () => {
  const values = seriesOf('a NaN\na +Inf\na -Inf\na inf\na -1.5E-3').map(([, , value]) => value)
  assert.deepEqual(values, [NaN, Infinity, -Infinity, Infinity, -0.0015])
})

test('OpenMetrics has exemplars, times in seconds and an end', () => {
  const text =
    '# TYPE foo histogram\nfoo_bucket{le="0.1"} 8 # {trace_id="a"} 0.07\n' +
    'foo_bucket{le="+Inf"} 17 1520879607.789 # {trace_id="b } c"} 0.7 1520879607.7\n' +
    'foo_created 1520430000.123\n# EOF\nnot read any more'
  assert.deepEqual(seriesOf(text), [
    ['foo_bucket', { le: '0.1' }, 8],
    ['foo_bucket', { le: '+Inf' }, 17],
    ['foo_created', {}, 1520430000.123],
  ])
})

test('names and gauges are those of all metrics, values those of the wanted ones', () => {
  const text = '# TYPE a gauge\na 1\n# TYPE b counter\nb{x="1"} 2\nb{x="2"} 3\n'
  const wanted = parseExposition(text, (name) => name === 'a')
  assert.deepEqual(wanted, { names: ['a', 'b'], gauges: ['a'], series: [['a', {}, 1]] })
})

for (const [what, text] of Object.entries({
  'a web page': '<!doctype html>\n<title>404</title>',
  JSON: '{"memory": 12}',
  'a value that is no number': 'a 0x10',
  'a value that is missing': 'a',
  'a label that is not closed': 'a{b="c} 1',
  'labels without quotes': 'a{b=c} 1',
  'two labels without a comma': 'a{b="c" d="e"} 1',
  'an endless line': `a{b="${'x'.repeat(100_000)}"} 1`,
})) {
  test(`${what} is refused, and the line is said`, () => {
    assert.throws(
      () => parseExposition(`ok 1\n${text}\n`, all),
      (error: Error) => {
        assert.ok(error instanceof ExpositionError)
        assert.match(error.message, /^line 2 is no metric$/)
        return true
      },
    )
  })
}

test('five megabytes of quotes are looked at in a moment', () => {
  const began = performance.now()
  const hostile = ['a{b="', '"\\'.repeat(30_000), '}'].join('')
  assert.throws(() => parseExposition(`${hostile}\n`.repeat(80), all), ExpositionError)
  assert.ok(performance.now() - began < 1_000)
})
