import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { goneBecause, ownIdentity } from './process-identity.ts'

test('a process is found again by its id and its start', () => {
  assert.equal(goneBecause(ownIdentity()), undefined)
  assert.match(
    goneBecause({ ...ownIdentity(), started: 'before' }) ?? '',
    /another one has its id now$/,
  )
})

test('where the system tells no start, the id has to do', () => {
  assert.equal(goneBecause({ ...ownIdentity(), started: 'unknown' }), undefined)
})

test('one that has ended is no more, and one of another machine is not looked for', async () => {
  const child = spawn('true')
  const { pid = 0 } = child
  await once(child, 'exit')
  assert.equal(goneBecause({ ...ownIdentity(), pid }), `its process ${pid} has ended`)
  assert.equal(goneBecause({ ...ownIdentity(), host: 'elsewhere' }), 'it runs or ran on elsewhere')
})
