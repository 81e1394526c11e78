import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExample } from '../../../tests/support/verdict/example-judging.ts'
import { requests, sample } from '../../../tests/support/verdict/example-recording.ts'
import { checksOf, failuresOf } from './seen-requests.ts'

const SENT = requests({ from: 30, to: 90, perSecond: 10 })

/** So many checks that fail in the hold phase. */
function failedChecks(amount: number, check: string) {
  return Array.from({ length: amount }, (_, index) => {
    return sample('checks', 40 + index / 10, { value: 0, tags: { check } })
  })
}

function rejections(amount: number, reason: string) {
  const tags = { reason, name: 'POST /v1/enhance' }
  return Array.from({ length: amount }, (_, index) => {
    return sample('answers_rejected', 40 + index / 10, { tags })
  })
}

test('responses that the toolkit rejects are told by their reason', async (t) => {
  const samples = [
    ...SENT,
    ...failedChecks(3, 'POST /v1/enhance answers as expected'),
    ...rejections(3, 'not-json'),
  ]
  const context = await openExample(t, { samples })
  assert.deepEqual(await checksOf(context.database, context), {
    ...{ checks: 3, rejected: 3 },
    reasons: 'not-json',
  })
})

test('failed checks of the script are told by their name, whether responses were rejected or not', async (t) => {
  const own = failedChecks(4, 'has a price')
  // Rejected before the judged time: the recording has reasons, and none of these checks has one.
  const earlier = sample('answers_rejected', 1, { tags: { reason: 'not-json' } })
  const alone = await openExample(t, { samples: [...SENT, ...own, earlier] })
  assert.equal((await checksOf(alone.database, alone)).reasons, 'has a price')

  const both = await openExample(t, { samples: [...SENT, ...own, ...rejections(2, 'not-json')] })
  assert.equal((await checksOf(both.database, both)).reasons, 'has a price, not-json')
})

test('failed requests of the judged time are told by their status', async (t) => {
  const statuses = [200, 500, 500, 0, 404]
  const hold = requests({
    from: 30,
    to: 90,
    perSecond: 1,
    status: (_, index) => statuses[index % 5] ?? 200,
  })
  // Warm-up and log-ins are nobody's service level.
  const others = [
    ...requests({ from: 0, to: 10, perSecond: 1, status: 500 }),
    ...requests({ from: 40, to: 50, perSecond: 1, status: 500, tags: { operation: 'auth' } }),
  ]
  const context = await openExample(t, { samples: [...hold, ...others] })
  assert.deepEqual(await failuresOf(context.database, context), {
    ...{ requests: 60, failed: 48 },
    statuses: '24 with status 500, 12 without a response, 12 with status 404',
  })
})
