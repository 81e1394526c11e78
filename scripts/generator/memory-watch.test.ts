import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { isTooMuch, memoryLimits, readMemoryUse, watchMemory } from './memory-watch.ts'

const GB = 1e9

describe('a run has too much memory', () => {
  const limits = memoryLimits(undefined, 16 * GB)
  const cases: [what: string, k6Bytes: number, availableBytes: number | undefined, is: boolean][] =
    [
      ['where k6 takes nearly all', 14.5 * GB, 2 * GB, true],
      ['where little is left and k6 has more than that', 12 * GB, 1.5 * GB, true],
      ['not where others have the memory', 1 * GB, 1.5 * GB, false],
      ['not where a tenth is left', 12 * GB, 1.7 * GB, false],
      ['where k6 takes nearly all and what is left is not known', 14.5 * GB, undefined, true],
    ]
  for (const [what, k6Bytes, availableBytes, is] of cases) {
    test(what, () => {
      const use = { k6Bytes, ...(availableBytes !== undefined && { availableBytes }) }
      assert.equal(isTooMuch(use, limits), is)
    })
  }

  test('on a small machine only where less is left than garbage collection begins with', () => {
    const small = memoryLimits(undefined, 2 * GB)
    assert.ok(isTooMuch({ k6Bytes: 1.7 * GB, availableBytes: 0.15 * GB }, small))
    assert.ok(!isTooMuch({ k6Bytes: 1.5 * GB, availableBytes: 0.4 * GB }, small))
  })

  test('where it is more than --max-memory, whatever is left', () => {
    assert.ok(isTooMuch({ k6Bytes: 5 * GB, availableBytes: 9 * GB }, memoryLimits(4 * GB, 16 * GB)))
  })
})

const IS_LINUX = process.platform === 'linux'

test('memory is that of all processes together', { skip: !IS_LINUX && 'no /proc' }, () => {
  const one = readMemoryUse([process.pid])
  const two = readMemoryUse([process.pid, process.ppid])
  assert.ok(one && two && two.k6Bytes > one.k6Bytes)
  assert.ok((one.availableBytes ?? 0) > 0)
  assert.equal(readMemoryUse([]), undefined)
})

const HARD = { skip: !IS_LINUX && 'no /proc', timeout: 30_000 }

test('what goes on after its signal is ended hard', HARD, async (t) => {
  const child = spawn(process.execPath, [
    '-e',
    `process.on('SIGINT', () => setInterval(() => kept.push(Buffer.alloc(2e7, 1)), 20)); const kept = []; console.log('up'); setInterval(() => {}, 1_000)`,
  ])
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const watch = watchMemory({
    limits: memoryLimits(1),
    pids: () => [undefined, child.pid],
    onTooMuch: () => child.kill('SIGINT'),
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  assert.equal(signal, 'SIGKILL')
  assert.ok((watch.stop()?.k6Bytes ?? 0) > 1)
})
