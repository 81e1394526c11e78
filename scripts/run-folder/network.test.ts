import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkText } from './network.ts'

const target = { byRegion: {}, sandbox: true }
const latency = { latencyMs: 80, jitterMs: 8 }

test('what lies between k6 and the target is reported', () => {
  assert.equal(networkText({ target }), 'direct')
  assert.equal(
    networkText({ target: { ...target, regionLatency: { 'eu-west': latency } } }),
    'eu-west +80 ms',
  )
})

test('load zones are another network, a k6 here is not', () => {
  assert.equal(networkText({ target, cloud: { execution: 'cloud', name: 'x' } }), 'from load zones')
  assert.equal(networkText({ target, cloud: { execution: 'local', name: 'x' } }), 'direct')
})
