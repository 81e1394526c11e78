import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HEADER, line } from '../../tests/support/samples/example-csv.ts'
import { lineScanner } from './line-scanner.ts'
import { MICROSECONDS } from './time-format.ts'

const FORMAT = { columns: HEADER.trim().split(','), time: MICROSECONDS.pattern }

test('a sample over several lines is whole, wherever the file is read to first', () => {
  const text = Buffer.from(`${line()}${line({ error: '"one\ntwo"' })}${line()}`)
  for (let cut = 1; cut < text.length; cut++) {
    const scanner = lineScanner(FORMAT)
    const first = scanner.read(text.subarray(0, cut), false)
    const rest = scanner.read(text.subarray(first.used), true)
    assert.equal(Buffer.concat([...first.samples, ...rest.samples]).length, text.length)
    assert.equal(scanner.rejected.rejectedLines, 0, `read to ${cut} first`)
  }
})
