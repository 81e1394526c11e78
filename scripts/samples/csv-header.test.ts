import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { csvHeader } from './csv-header.ts'
import { exampleFolder, HEADER, line } from '../../tests/support/samples/example-csv.ts'

const K6 = 'metric_name,timestamp,metric_value'
const END = 'extra_tags,metadata'

async function headerOf(t: Parameters<typeof exampleFolder>[0], content: string | Buffer) {
  const path = join(await exampleFolder(t), 'samples.csv')
  await writeFile(path, content)
  return csvHeader(path)
}

describe('the columns of a file are those of its first line', () => {
  const cases: [what: string, content: string, header: string][] = [
    ['a whole file', HEADER + line(), HEADER],
    ['a header alone', `${K6},name,${END}\n`, `${K6},name,${END}\n`],
    ['other system tags', `${K6},iter,vu,${END}\nx`, `${K6},iter,vu,${END}\n`],
  ]
  for (const [what, content, header] of cases) {
    test(what, async (t) => {
      assert.deepEqual(await headerOf(t, content), {
        columns: header.trim().split(','),
        bytes: header.length,
      })
    })
  }
})

describe('without a whole line nothing was recorded', () => {
  const cases: [what: string, content: string][] = [
    ['an empty file', ''],
    ['a torn header', `${K6},na`],
    ['a header without its end', HEADER.trim()],
    ['a file of zeros, as a full disk may leave it', '\0'.repeat(9_000)],
  ]
  for (const [what, content] of cases) {
    test(what, async (t) => assert.equal(await headerOf(t, content), undefined))
  }

  test('a missing file', async (t) => {
    assert.equal(await csvHeader(join(await exampleFolder(t), 'samples.csv')), undefined)
  })
})

describe('a first line that is none of k6 is a fault', () => {
  const cases: [what: string, content: string, fault: RegExp][] = [
    ['a file without k6 columns', 'a,b,c\n1,2,3\n', /column 1 is not metric_name/],
    ['a file without one of them', `metric_name,timestamp,name,${END}\n`, /column 3 is not/],
    ['a file without tags', `${K6},name,metadata\n`, /no column extra_tags/],
    ['an empty first line', `\n${HEADER}`, /column 1/],
    ['a column that k6 does not have', HEADER.replace('status', 'stbtus'), /column 8 is none/],
    ['a column twice', HEADER.replace('scenario', 'status'), /column 8 .* twice/],
    ['a comma that is gone', HEADER.replace('name,scen', 'namescen'), /column 6 is none/],
    ['a quote', HEADER.replace('name,', 'na"e,'), /column 1 is not/],
    ['a line break of another system', HEADER.replace('\n', '\r\n'), /no column metadata/],
    ['a mark at its start', `\uFEFF${HEADER}`, /column 1/],
  ]
  for (const [what, content, fault] of cases) {
    test(what, async (t) => assert.match((await headerOf(t, content))?.fault ?? '', fault))
  }
})
