import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requirePublicTargets } from './public-target.ts'

const targetsOf = (base: string) => ({ base, byRegion: {} })

for (const url of [
  'http://127.0.0.1:8640',
  'http://localhost:8080',
  'http://[::1]:8080',
  'http://0.0.0.0:80',
  'http://10.1.2.3',
  'http://172.20.0.5',
  'http://192.168.1.10',
  'http://169.254.169.254',
  'http://[fd00::1]',
  'http://staging',
  'http://printer.local',
  'http://api.internal.',
]) {
  test(`${url} is refused: no load zone can reach it`, () => {
    assert.throws(() => requirePublicTargets(targetsOf(url), {}), {
      code: 'K6V_CLOUD_TARGET',
      message: /load zones can reach, got http/,
    })
  })
}

for (const url of ['https://staging.example.com', 'http://203.0.113.9', 'https://[2001:db8::1]']) {
  test(`${url} may be reachable`, () => {
    requirePublicTargets(targetsOf(url), { K6_CLOUD_HOST_V6: 'https://api.k6.io' })
  })
}

test("the sandbox is refused, and so is one region's own target", () => {
  assert.throws(() => requirePublicTargets({ byRegion: {} }, {}), /got none, and the sandbox/)
  const byRegion = { 'eu-west': 'http://127.0.0.1:1' }
  assert.throws(() => requirePublicTargets({ base: 'https://a.example.com', byRegion }, {}), {
    code: 'K6V_CLOUD_TARGET',
  })
})

test('an API of the cloud on this machine is a test, and may be sent there', () => {
  const env = { K6_CLOUD_HOST_V6: 'http://127.0.0.1:4000' }
  requirePublicTargets(targetsOf('http://127.0.0.1:8640'), env)
})
