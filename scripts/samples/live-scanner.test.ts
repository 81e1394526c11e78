import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRowScanner } from './live-scanner.ts'

const HEADER =
  'metric_name,timestamp,metric_value,check,expected_response,name,scenario,extra_tags,metadata'

const FILE = [
  HEADER,
  'vus,1795274766767771,20.000000,,,,,,',
  'vus_max,1795274766767771,50.000000,,,,,,',
  'http_req_duration,1795274768203056,42.714907,,true,POST /v1/enhance,spike,judged=yes&phase=hold,',
  // Quoted as Go's encoding/csv does: each of these fields would fool a search for commas or newlines.
  'http_req_waiting,1795274768203056,42.641147,,true,"a,b",spike,,',
  'checks,1795274768203147,1.000000,"says ""yes"", or\nvus,1,1.000000,,,,,,",,,spike,,',
  'http_req_duration,1795274768206782,0.000000,,false,"GET /a,""b"",\n/é",spike,"phase=a,b&judged=no",',
  'vus,1795274768767603,1000.000000,,,,,,',
  '',
].join('\n')

test('the wanted rows are found, in the order of the file', () => {
  assert.deepEqual(scan([FILE], ['metric', 'at', 'value']), [
    ['vus', 1795274766767771, 20],
    ['http_req_duration', 1795274768203056, 42.714907],
    ['http_req_duration', 1795274768206782, 0],
    ['vus', 1795274768767603, 1000],
  ])
})

test('tags come from columns, quoted ones too, and from extra_tags in any order', () => {
  assert.deepEqual(scan([FILE], ['name', 'phase', 'judged', 'scenario', 'region']).slice(1, 3), [
    ['POST /v1/enhance', 'hold', 'yes', 'spike', undefined],
    ['GET /a,"b",\n/é', 'a,b', 'no', 'spike', undefined],
  ])
})

test('a file may be cut anywhere, and nothing is lost, torn or doubled', () => {
  const bytes = Buffer.from(FILE)
  const whole = scan([FILE], ['metric', 'at', 'value', 'name', 'phase'])

  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const parts = [bytes.subarray(0, cut), bytes.subarray(cut)]
    assert.deepEqual(
      scan(parts, ['metric', 'at', 'value', 'name', 'phase']),
      whole,
      `cut at ${cut}`,
    )
  }
})

test('columns are read by their names', () => {
  const other = 'metric_name,extra_tags,metric_value,name,timestamp\nvus,region=eu,7.5,x,12\n'

  assert.deepEqual(scan([other], ['at', 'value', 'name', 'region']), [[12, 7.5, 'x', 'eu']])
})

test('rows that are damaged are left out', () => {
  const rows = [
    'vus,1795274766767771,20.000000,,,,,',
    'vus,1795274766767771,20.000000,,,,,,,',
    'vus,1795274766767771,,,,,,,',
    'vus,soon,20.000000,,,,,,',
    'vus,1795274766767771,+Inf,,,,,,',
    'vus,1795274766767771,"20.000000"x,,,,,,',
    '',
    'vus',
    'vus,1795274766767772,21.000000,,,,,,',
  ]
  assert.deepEqual(scan([`${HEADER}\n${rows.join('\n')}\n`], ['at']), [[1795274766767772]])
})

test('a lone quote inside of a field is a letter', () => {
  const rows = 'vus,1,20.000000,5" pipe,,,,,\nvus,2,21.000000,,,,,,\n'

  assert.deepEqual(scan([`${HEADER}\n${rows}`], ['at', 'check']), [
    [1, '5" pipe'],
    [2, undefined],
  ])
})

test('tags of one row never leak into the next', () => {
  const rows = 'vus,1,1.0,a,,,,phase=hold,\nvus,2,1.0,,,,,,\n'

  assert.deepEqual(scan([`${HEADER}\n${rows}`], ['check', 'phase', 'constructor']), [
    ['a', 'hold', undefined],
    [undefined, undefined, undefined],
  ])
})

test('a file that k6 did not write is refused', () => {
  assert.throws(() => scan(['time,value\n1,2\n'], []), /to begin with the column metric_name/)
})

/** Feeds the parts one after another, as a growing file would, and lists what was asked of each row. */
function scan(parts: (Buffer | string)[], asked: string[]): unknown[][] {
  const found: unknown[][] = []
  const scanner = createRowScanner({
    metrics: new Set(['http_req_duration', 'vus']),
    onRow: (row) => {
      const known: Record<string, unknown> = { metric: row.metric, at: row.endUs, value: row.value }
      found.push(asked.map((name) => (Object.hasOwn(known, name) ? known[name] : row.tag(name))))
    },
  })
  let left = Buffer.alloc(0)
  for (const part of parts) {
    const bytes = Buffer.concat([left, Buffer.from(part)])
    left = bytes.subarray(scanner(bytes))
  }
  return found
}
