import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { followSamples } from './live-tail.ts'

const HEADER = 'metric_name,timestamp,metric_value,scenario,extra_tags,metadata\n'

let folder = ''
let path = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-tail-'))
  path = join(folder, 'samples.csv')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('a file that never comes is no error, and stop may be called twice', async () => {
  const { follower, values } = follow()

  await follower.stop()
  await follower.stop()
  assert.deepEqual(values, [])
})

test('stop reads what is there, even at once', async () => {
  writeFileSync(path, HEADER + vus(1) + vus(2))
  const { follower, values } = follow()

  await follower.stop()
  assert.deepEqual(values, [1, 2])
})

test('a file is followed from its first byte to its last, and a torn line waits', async () => {
  const { follower, values, value } = follow()
  writeFileSync(path, HEADER.slice(0, 20))
  appendFileSync(path, HEADER.slice(20) + vus(1) + vus(2).slice(0, 9))
  await value(1)
  appendFileSync(path, vus(2).slice(9) + vus(3))
  await value(3)
  appendFileSync(path, vus(4))

  await follower.stop()
  assert.deepEqual(values, [1, 2, 3, 4])
})

test('a line without an end is not handed over', async () => {
  writeFileSync(path, `${HEADER}${vus(1)}vus,1795274766767771,22.000000,,,`)
  const { follower, values } = follow()

  await follower.stop()
  assert.deepEqual(values, [1])
})

test('a big backlog is read in parts, and others get their turn in between', async () => {
  const numbers = Array.from({ length: 60_000 }, (_, index) => index)
  writeFileSync(path, HEADER + numbers.map(vus).join(''))
  let readBefore = Infinity
  const { follower, values } = follow(() => {
    if (values.length === 1) setImmediate(() => (readBefore = values.length))
  })

  await follower.stop()
  assert.deepEqual(values, numbers)
  assert.ok(readBefore < numbers.length / 2, `${readBefore} rows without a pause`)
})

test('a line too long to be held is left out, and those after it are not', async () => {
  const long = `vus,2,2.000000,"${'x'.repeat(700_000)}",,\n`
  writeFileSync(path, HEADER + vus(1) + long + vus(3))
  const { follower, values } = follow()

  await follower.stop()
  assert.deepEqual(values, [1, 3])
})

test('stop passes on what went wrong while reading', async () => {
  writeFileSync(path, HEADER + vus(1))
  const failing = follow(() => {
    throw new Error('cannot take it')
  })
  await assert.rejects(failing.follower.stop(), /cannot take it/)

  path = folder
  await assert.rejects(follow().follower.stop(), { code: 'EISDIR' })
})

function vus(value: number): string {
  return `vus,1795274766767771,${value}.000000,,,\nhttp_reqs,1795274766767771,1.000000,load,,\n`
}

function follow(onValue: () => void = () => undefined) {
  const values: number[] = []
  const awaited = new Map<number, () => void>()
  const follower = followSamples({
    path,
    metrics: new Set(['vus']),
    intervalMs: 1,
    onRow: ({ value }) => {
      values.push(value)
      awaited.get(value)?.()
      onValue()
    },
  })
  const value = (number: number): Promise<void> =>
    new Promise((resolve) => {
      if (values.includes(number)) resolve()
      else awaited.set(number, resolve)
    })
  return { follower, values, value }
}
