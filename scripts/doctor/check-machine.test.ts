import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBusy } from './check-machine.ts'

test('a machine that others use is named before a run', () => {
  assert.deepEqual(checkBusy({ cpus: 2, othersCpu: 1.86 }), {
    name: 'CPU use',
    found: 'other processes use 1.9 of 2 CPUs',
    ok: 'optional',
    advice: 'End them before a run: should k6 have to wait for a CPU, the run ends INVALID',
  })
})

test('a quiet machine is fine, and one that tells nothing too', () => {
  assert.deepEqual(checkBusy({ cpus: 2, othersCpu: 0.1 }), {
    name: 'CPU use',
    found: 'other processes use 0.1 of 2 CPUs',
    ok: true,
  })
  assert.equal(checkBusy(undefined).ok, true)
})
