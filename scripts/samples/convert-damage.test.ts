import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { removeRaw } from './convert.ts'
import { convert, HEADER, line } from '../../tests/support/samples/example-csv.ts'

const GOOD = line()
const LINE_BYTES = Buffer.byteLength(GOOD)

/** What a killed k6 leaves of its last line. */
const LAST = line({
  check: 'is fine',
  error: '"dial ""tcp"", é\nleft"',
  extra_tags: 'phase=spike&user=7',
  metadata: 'trace=1',
})

describe('of a file that ends inside a line every whole line is kept', () => {
  const whole = Buffer.from(LAST)
  // Behind the last comma only metadata is missing, and k6 never says whether there was any.
  const lastComma = whole.lastIndexOf(',') + 1
  test('wherever it ends, and what is left of the torn one is counted', async (t) => {
    for (let bytes = 1; bytes < lastComma; bytes += 4) {
      const rest = whole.subarray(0, bytes)
      const content = Buffer.concat([Buffer.from(HEADER + GOOD + GOOD), rest])
      const { report, rows } = await convert(t, content)
      const { rejectedLines, firstRejected, isTorn, columns } = report ?? {}
      const lines = rest.toString().split('\n').filter(Boolean).length
      assert.deepEqual(
        [rows.length, rejectedLines, firstRejected?.[0]?.line, isTorn],
        [2, lines, 4, rest.at(-1) !== 10],
        rest.toString(),
      )
      // The tags of the torn line are no columns.
      assert.equal(columns?.includes('user'), false)
    }
  })

  for (const end of ['', 'trace=1']) {
    test(`also one that lacks no more than its end: ${JSON.stringify(end)}`, async (t) => {
      const { report, rows } = await convert(t, HEADER + GOOD + line().trim() + end)
      assert.equal(rows.length, 2)
      assert.equal(report?.rejectedLines, 0)
      assert.equal(report.isTorn, true)
    })
  }

  test('a file that ends with a line is not torn', async (t) => {
    const { report } = await convert(t, HEADER + GOOD)
    assert.equal(report?.isTorn, false)
  })
})

describe('a line that is no sample is counted, and its neighbours are kept', () => {
  const bytes = (before: string, middle: number[], after: string) =>
    Buffer.concat([Buffer.from(before), Buffer.from(middle), Buffer.from(after)])
  const [before = '', after = ''] = GOOD.split('GET /a')
  const [beforeTag = '', afterTag = ''] = GOOD.split('hold')
  const cases: [what: string, bad: string | Buffer, reason: RegExp][] = [
    ['text for a value', line({ metric_value: 'fast' }), /no metric_value: "fast"/],
    ['a value that is cut', line({ metric_value: '1.5.0' }), /metric_value/],
    ['no value', line({ metric_value: '' }), /metric_value/],
    ['text for a time', line({ timestamp: '2026-11-21' }), /timestamp/],
    ['no time', line({ timestamp: '' }), /timestamp/],
    ['a time beyond all times', line({ timestamp: '9'.repeat(25) }), /timestamp/],
    ['too few columns', 'http_reqs,1,1.0\n', /3 columns instead of 10/],
    ['too many columns', `${GOOD.trim()},more\n`, /11 columns instead of 10/],
    ['zeros', `${'\0'.repeat(512)}\n`, /1 columns instead/],
    ['a name that is no UTF-8', bytes(before, [0xe9, 0xff], after), /UTF-8/],
    ['a tag that is no UTF-8', bytes(beforeTag, [0xc3], afterTag), /UTF-8/],
  ]
  for (const [what, bad, reason] of cases) {
    test(what, async (t) => {
      const content = [HEADER, GOOD, GOOD, bad, GOOD].map((each) => Buffer.from(each as string))
      const { report, rows } = await convert(t, Buffer.concat(content))
      assert.equal(rows.length, 3)
      assert.equal(report?.rows, 3)
      assert.equal(report.rejectedLines, 1)
      assert.deepEqual(
        report.firstRejected.map((each) => each.line),
        [4],
      )
      assert.match(report.firstRejected[0]?.reason ?? '', reason)
      assert.equal(report.isTorn, false)
    })
  }
})

test('of many such lines all are counted, and the first five are shown', async (t) => {
  const bad = line({ metric_value: 'x', timestamp: 'y' })
  const { report, rows } = await convert(t, HEADER + (GOOD + bad).repeat(2_000))
  assert.equal(rows.length, 2_000)
  assert.equal(report?.rejectedLines, 2_000)
  assert.deepEqual(
    report.firstRejected.map((each) => each.line),
    [3, 5, 7, 9, 11],
  )
})

test('a file that ends in zeros is torn, and loses no sample before them', async (t) => {
  const { report, rows } = await convert(t, HEADER + GOOD.repeat(3) + '\0'.repeat(4_096))
  assert.equal(rows.length, 3)
  assert.equal(report?.rejectedLines, 1)
  assert.equal(report.isTorn, true)
})

describe('a quote that is never closed costs its own line', () => {
  const torn = line({ error: '"no end' })
  const quoted = line({ error: '"dial ""tcp"", refused\nleft"' })
  const cases: [what: string, before: string, after: string, rows: number][] = [
    ['near the start', GOOD, GOOD.repeat(50), 51],
    ['in the middle, before messages with quotes', quoted.repeat(30), quoted.repeat(30), 60],
    ['at the end', quoted + GOOD.repeat(9), '', 10],
    ['far from any other quote', GOOD.repeat(9), GOOD.repeat(9_000) + quoted, 9_010],
  ]
  for (const [what, before, after, expected] of cases) {
    test(what, async (t) => {
      const { report, rows } = await convert(t, HEADER + before + torn + after)
      assert.equal(rows.length, expected)
      assert.equal(report?.rejectedLines, 1)
      assert.match(report.firstRejected[0]?.reason ?? '', /never closed/)
      assert.equal(rows.filter(({ error }) => String(error).includes('no end')).length, 0)
    })
  }

  test('and many of them cost no more than that', async (t) => {
    const content = HEADER + (GOOD + torn + quoted).repeat(2_000)
    const { report, rows } = await convert(t, content)
    assert.equal(rows.length, 4_000)
    assert.equal(report?.rejectedLines, 2_000)
  })
})

describe('of a file whose header is damaged no line is read, and the report says so', () => {
  const damaged = HEADER.replace('status', 'st"tus') + GOOD

  test('one file', async (t) => {
    const { report, rows, csv } = await convert(t, damaged)
    assert.deepEqual(rows, [])
    assert.match(report?.headerFault ?? '', /column 8/)
    assert.equal(report && (await removeRaw([csv], report, false)), false)
  })
})

test('empty lines are no samples, and hide none', async (t) => {
  const { report, rows } = await convert(t, `${HEADER}\n${GOOD}\n\n${GOOD}\n`)
  assert.equal(rows.length, 2)
  assert.equal(report?.rejectedLines, 0)
})

test('numbers that are none of a measurement are kept, to be counted by the verdict', async (t) => {
  const values = ['NaN', '+Inf', '-Inf']
  const { rows } = await convert(
    t,
    HEADER + values.map((metric_value) => line({ metric_value })).join(''),
  )
  assert.deepEqual(rows.map(({ value }) => value).sort(), [-Infinity, Infinity, NaN])
})

test('a torn line costs no more than itself in a file of many megabytes', async (t) => {
  const lines = Math.ceil(9e6 / LINE_BYTES)
  const { report } = await convert(t, HEADER + GOOD.repeat(lines) + LAST.slice(0, 60))
  assert.equal(report?.rows, lines)
  assert.equal(report.rejectedLines, 1)
  assert.equal(report.firstRejected[0]?.line, lines + 2)
})
