import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { openDatabase } from '../database.ts'
import { createMetrics } from '../metrics.ts'
import { DEFAULT_SETTINGS } from '../settings.ts'
import { EntryIds } from './entry-ids.ts'
import { EntryReader } from './entry-reader.ts'
import { MetricsStore } from './metrics-store.ts'
import { MetricsStream } from './metrics-stream.ts'
import type { StreamSocket } from './stream-socket.ts'
import { Summaries } from './summaries.ts'

/** A connection whose buffer a test can fill: the kernel's takes megabytes before ws keeps any. */
class SlowSocket extends EventEmitter implements StreamSocket {
  readyState = 1
  bufferedAmount = 0
  readonly sent: string[] = []
  readonly ended: [number, string][] = []

  send(text: string): void {
    this.sent.push(text)
  }

  close(code: number, reason: string): void {
    this.ended.push([code, reason])
    this.terminate()
  }

  terminate(): void {
    this.readyState = 3
    this.emit('close')
  }
}

test('a client that does not read is told to try again later, the others go on', async (t) => {
  const settings = { ...DEFAULT_SETTINGS, users: 1, streamIntervalMs: 10, databaseRoundTripMs: 0 }
  const observers = { observeWait: () => undefined, observeQuery: () => undefined }
  const database = openDatabase(settings, observers)
  const ids = new EntryIds()
  const summaries = new Summaries(ids, new EntryReader(new MetricsStore(database.pool), ids))
  const metrics = createMetrics(() => {
    throw new Error('Expected nobody to ask')
  })
  const stream = new MetricsStream({ settings, summaries, metrics })
  t.after(async () => {
    await stream.close()
    database.close()
  })

  const [slow, quick] = [new SlowSocket(), new SlowSocket()]
  await Promise.all([stream.add(slow, {}), stream.add(quick, {})])
  slow.bufferedAmount = 65_537
  while (quick.sent.length < 5) await new Promise((resolve) => setTimeout(resolve, 5))

  assert.deepEqual(slow.ended, [[1013, 'updates were not read']])
  assert.equal(slow.sent.length, 1)
  assert.deepEqual(quick.ended, [])
  assert.equal(stream.clients, 1)
})
