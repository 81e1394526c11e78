import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert, HEADER, line } from '../../tests/support/samples/example-csv.ts'

const OWN = ['metric', 'end_us', 'value']
const SYSTEM = ['check', 'error', 'name', 'scenario', 'status', 'metadata']

test('each tag becomes a column, and is missing where a sample has none', async (t) => {
  const { report, rows } = await convert(
    t,
    HEADER +
      line({ timestamp: '1', extra_tags: 'phase=hold&operation=read' }) +
      line({ timestamp: '2', extra_tags: 'operation=write&region=eu' }) +
      line({ timestamp: '3', extra_tags: '' }),
  )
  assert.deepEqual(
    rows.map(({ phase, operation, region }) => [phase, operation, region]),
    [
      ['hold', 'read', null],
      [null, 'write', 'eu'],
      [null, null, null],
    ],
  )
  const columns = [...OWN, ...SYSTEM, 'operation', 'phase', 'region']
  assert(report)
  assert.deepEqual(report.columns.sort(), columns.sort())
  assert.deepEqual(report.renamedTags, {})
})

test('samples without any tag of their own have no further columns', async (t) => {
  const { report, rows } = await convert(t, HEADER + line({ extra_tags: '' }))
  assert.deepEqual(report?.columns, [...OWN, ...SYSTEM])
  assert.equal(rows.length, 1)
})

test('the order in which k6 writes the tags of a sample does not matter', async (t) => {
  const { rows } = await convert(
    t,
    HEADER + line({ extra_tags: 'a=1&b=2&c=3' }) + line({ extra_tags: 'c=3&a=1&b=2' }),
  )
  const [one, other] = rows
  assert.deepEqual(one, other)
})

test('values hold whatever a value may hold', async (t) => {
  const values = [
    "it's",
    'a&b',
    'a=b',
    'a, b',
    'say ""no""',
    'two\nlines',
    '; DROP TABLE x',
    '\\',
    'ü €',
    '%_*',
  ]
  const lines = values.map((value, index) => {
    return line({ timestamp: String(index), extra_tags: `"q=${value}"` })
  })
  const { report, rows } = await convert(t, HEADER + lines.join(''))
  assert.deepEqual(
    rows.map(({ q }) => q),
    values.map((value) => value.replaceAll('""', '"')),
  )
  assert.equal(report?.rejectedLines, 0)
})

test('a tag named like a column gets another one, and the report says which', async (t) => {
  const tags = 'metric=m&value=v&END_US=e&name=n&Status=s&metadata=d&tag_value=w&failed=f&At_us=a'
  const { report, rows } = await convert(t, HEADER + line({ extra_tags: tags }))
  const columnOf = (tag: string) => report?.renamedTags[tag] ?? tag
  const found = tags.split('&').map((pair) => pair.split('=')[0] ?? '')
  assert.deepEqual(found.map((tag) => `${tag}=${String(rows[0]?.[columnOf(tag)])}`).join('&'), tags)
  assert.deepEqual(
    [
      rows[0]?.['metric'],
      rows[0]?.['end_us'],
      rows[0]?.['value'],
      rows[0]?.['name'],
      rows[0]?.['status'],
    ],
    ['http_req_duration', 1_795_274_766_000_001, 1.5, 'GET /a', '200'],
  )
})

test('of tags that differ in capitals only, the one without keeps its name', async (t) => {
  const tags = 'Operation=A&operation=b&OPERATION=C&PHASE=D&phase=e'
  const { report, rows } = await convert(t, HEADER + line({ extra_tags: tags }))
  const { operation, phase, tag_Operation, tag_tag_OPERATION, tag_PHASE } = rows[0] ?? {}
  assert.deepEqual([operation, phase], ['b', 'e'])
  assert.deepEqual([tag_Operation, tag_tag_OPERATION, tag_PHASE], ['A', 'C', 'D'])
  assert.deepEqual(report?.renamedTags, {
    Operation: 'tag_Operation',
    OPERATION: 'tag_tag_OPERATION',
    PHASE: 'tag_PHASE',
  })
})

/** As many as a page has. */
const ZEROS = '\0'.repeat(4_096)

test('names and values may hold zeros, as a disk that was not written leaves them', async (t) => {
  const { report, rows } = await convert(
    t,
    HEADER + line({ extra_tags: `phase=ho'${ZEROS}ld&re\0gion=x` }),
  )
  const [row] = rows
  assert(report && row)
  assert.equal(row['phase'], `ho'${ZEROS}ld`)
  assert.equal(row[report.renamedTags['re\0gion'] ?? ''], 'x')
})

test('thousands of different values are no different', async (t) => {
  const lines = Array.from({ length: 2_500 }, (_, id) => {
    return line({ timestamp: String(id), extra_tags: `id=${id}` })
  })
  const { rows } = await convert(t, HEADER + lines.join(''))
  assert.deepEqual(
    rows.map(({ end_us, id }) => [end_us, id]),
    lines.map((_, id) => [id, String(id)]),
  )
})

test('a tag may be called as the tables that its values are looked up in call theirs', async (t) => {
  const { rows } = await convert(t, HEADER + line({ extra_tags: 'code=1&text=2&raw=3' }))
  const [{ code, text, raw } = {}] = rows
  assert.deepEqual([code, text, raw], ['1', '2', '3'])
})
