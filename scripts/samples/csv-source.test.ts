import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { csvColumns } from './csv-source.ts'
import { exampleFolder, HEADER, line } from './example-csv.ts'

const K6 = 'metric_name,timestamp,metric_value'

describe('the columns of a file are those of its first line', () => {
  const cases: [what: string, content: string, columns: string[] | undefined][] = [
    ['a whole file', HEADER + line(), HEADER.trim().split(',')],
    [
      'a header alone',
      `${K6},name,extra_tags,metadata\n`,
      [...K6.split(','), 'name', 'extra_tags', 'metadata'],
    ],
    ['other system tags', `${K6},vu,iter\n`, [...K6.split(','), 'vu', 'iter']],
    ['an empty file', '', undefined],
    ['a torn header', `${K6},na`, undefined],
    ['a header without its end', HEADER.trim(), undefined],
    ['a file without k6 columns', 'a,b,c\n1,2,3\n', undefined],
    ['a file without one of them', 'metric_name,timestamp,name\n', undefined],
    ['an empty first line', `\n${HEADER}`, undefined],
    ['a file of zeros, as a full disk may leave it', '\0'.repeat(9_000), undefined],
  ]
  for (const [what, content, columns] of cases) {
    test(what, async (t) => {
      const path = join(await exampleFolder(t), 'samples.csv')
      await writeFile(path, content)
      assert.deepEqual(await csvColumns(path), columns)
    })
  }

  test('a missing file', async (t) => {
    assert.equal(await csvColumns(join(await exampleFolder(t), 'samples.csv')), undefined)
  })
})
