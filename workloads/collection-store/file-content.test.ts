import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { fileContent, pictureOf } from './file-content.ts'
import { recordData } from './record-data.ts'

test('contents have their size, differ by number, repeat, and compress', () => {
  for (const [size, bytes] of [
    ['small', 1_024],
    ['medium', 32_768],
    ['large', 262_144],
  ] as const) {
    const content = fileContent(size, 1, 2)
    assert.equal(content.byteLength, bytes)
    assert.deepEqual(content, fileContent(size, 1, 2))
    assert.notDeepEqual(content, fileContent(size, 1, 3))
    assert.ok(gzipSync(Buffer.from(content)).length < bytes / 2)
  }
})

test('a picture has 64 pixels a side, and each pixel of its thumbnail is a square of it', () => {
  const { image, thumbnail } = pictureOf(3)
  const [large, small] = [Buffer.from(image), Buffer.from(thumbnail)]
  const header = 'P6\n64 64\n255\n'
  assert.equal(large.toString('latin1', 0, header.length), header)
  assert.equal(large.length, header.length + 64 * 64 * 3)
  assert.equal(small.toString('latin1', 0, 11), 'P6\n8 8\n255\n')
  const pixel = (bytes: Buffer, start: number, at: number) =>
    bytes.subarray(start + at * 3, start + at * 3 + 3)
  assert.deepEqual(pixel(large, header.length, 63), pixel(small, 11, 7))
  assert.deepEqual(pixel(large, header.length, 64 * 8), pixel(small, 11, 8))
})

test('data of a record begins with its number and has the length of its size', () => {
  assert.deepEqual(
    (['small', 'medium', 'large'] as const).map((size) => recordData(size, 42).length),
    [200, 4_000, 64_000],
  )
  assert.match(recordData('small', 42), /^record 42 /)
})
