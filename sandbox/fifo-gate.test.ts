import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FifoGate } from './fifo-gate.ts'

const limits = { name: 'thing', slots: 1, waitersMax: 2, timeoutMs: 1_000 }

test('callers enter in the order of their arrival, as many at once as there are slots', async () => {
  const gate = new FifoGate(limits)
  const entered: string[] = []
  await gate.enter()
  const waiting = ['first', 'second'].map((name) => gate.enter().then(() => entered.push(name)))
  assert.deepEqual([gate.inside, gate.waiting, entered], [1, 2, []])

  gate.leave()
  await waiting[0]
  assert.deepEqual(entered, ['first'])
  gate.leave()
  await waiting[1]
  gate.leave()
  assert.deepEqual([gate.inside, gate.waiting, entered], [0, 0, ['first', 'second']])
})

test('a full queue refuses the next caller at once', async () => {
  const gate = new FifoGate({ ...limits, waitersMax: 0 })
  await gate.enter()

  await assert.rejects(gate.enter(), { status: 503, code: 'thing_full' })
})

test('a caller that waited too long is refused and leaves the queue', async () => {
  const gate = new FifoGate({ ...limits, timeoutMs: 5 })
  await gate.enter()

  await assert.rejects(gate.enter(), { status: 503, code: 'thing_timeout' })
  assert.equal(gate.waiting, 0)
  gate.leave()
  assert.equal(gate.inside, 0)
})

test('every wait is observed in seconds, 0 for a free slot', async () => {
  const waits: number[] = []
  const gate = new FifoGate({ ...limits, observeWait: (seconds) => waits.push(seconds) })
  await gate.enter()
  const second = gate.enter()
  setTimeout(() => gate.leave(), 20)
  await second

  assert.equal(waits[0], 0)
  assert.ok((waits[1] ?? 0) >= 0.015)
})
