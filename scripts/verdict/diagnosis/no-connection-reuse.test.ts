import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../../../tests/support/sla/example.ts'
import { createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { noConnectionReuse } from './no-connection-reuse.ts'

/** 10,000 requests of 100 users. */
function diagnoseOpened(opened: number, regions: string[] = []) {
  const connections = { opened, blockedMs: 0, connectingMs: 0, tlsMs: 0 }
  return noConnectionReuse(createFacts({ connections, plan: createPlan({ regions }) }))
}

test('a connection for more than a tenth of the requests is reported, for a tenth it is not', () => {
  const [found] = diagnoseOpened(1_001)

  assert.equal(found?.text, '1,001 connections were opened by 100 users, for 10% of the requests.')
  assert.deepEqual(diagnoseOpened(1_000), [])
})

test('six for each user are a batch, and each region is a host of its own', () => {
  const usersReady = 300
  const connections = { opened: 1_800, blockedMs: 0, connectingMs: 0, tlsMs: 0 }
  assert.deepEqual(noConnectionReuse(createFacts({ connections, usersReady })), [])
  const more = { ...connections, opened: 1_801 }
  assert.equal(noConnectionReuse(createFacts({ connections: more, usersReady })).length, 1)
  assert.deepEqual(diagnoseOpened(1_200, ['us-east', 'eu-west']), [])
  assert.equal(diagnoseOpened(1_201, ['us-east', 'eu-west']).length, 1)
})
