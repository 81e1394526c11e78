import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EntryIds } from './entry-ids.ts'

/** A write that ends when told to. */
function openWrite(ids: EntryIds, count = 1) {
  let succeed = (): void => undefined
  let fail = (): void => undefined
  const written = ids.write(
    count,
    (firstId) =>
      new Promise<number>((resolve, reject) => {
        succeed = () => resolve(firstId)
        fail = () => reject(new Error('disk full'))
      }),
  )
  return { written, succeed, fail }
}

test('ids are given in a row, as many as asked for', async () => {
  const ids = new EntryIds()
  const first = (count: number) => ids.write(count, (id) => Promise.resolve(id))
  assert.deepEqual([await first(1), await first(50), await first(1)], [1, 2, 52])
  assert.equal(ids.settled, 52)
})

test('an id settles when all before it have ended, whichever ends first', async () => {
  const ids = new EntryIds()
  assert.equal(ids.settled, 0)
  const [one, batch, last] = [openWrite(ids), openWrite(ids, 10), openWrite(ids)]
  assert.equal(ids.settled, 0)

  batch.succeed()
  await batch.written
  assert.equal(ids.settled, 0)
  one.succeed()
  await one.written
  assert.equal(ids.settled, 11)
  last.succeed()
  await last.written
  assert.equal(ids.settled, 12)
})

test('a write that fails settles its ids and tells its caller', async () => {
  const ids = new EntryIds()
  const failing = openWrite(ids)
  failing.fail()
  await assert.rejects(failing.written, /disk full/)
  assert.equal(ids.settled, 1)
})

test('one can wait until an id has settled, but not for one not given yet', async () => {
  const ids = new EntryIds()
  const [one, two] = [openWrite(ids), openWrite(ids)]
  const ended: number[] = []
  const waits = [1, 2].map((id) => ids.whenSettled(id).then(() => ended.push(id)))
  await ids.whenSettled(0)
  two.succeed()
  await two.written
  assert.deepEqual(ended, [])
  one.succeed()
  await Promise.all(waits)

  assert.deepEqual(ended, [1, 2])
  await assert.rejects(ids.whenSettled(3), {
    status: 400,
    message: 'Expected up_to_id to be at most 2, the newest id, got 3',
  })
})
