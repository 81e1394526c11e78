import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRegionLatency } from './region-latency.ts'

const regions = ['us-east', 'eu-west', 'ap-south']

test('each region has a latency and a tenth of it as jitter', () => {
  assert.deepEqual(parseRegionLatency('us-east=20ms,eu-west=1.5s', regions), {
    'us-east': { latencyMs: 20, jitterMs: 2 },
    'eu-west': { latencyMs: 1_500, jitterMs: 150 },
  })
})

test('default knows the regions of geo-distributed', () => {
  assert.deepEqual(
    Object.values(parseRegionLatency('default', regions)).map(({ latencyMs }) => latencyMs),
    [20, 80, 180],
  )
})

for (const [text, reason] of [
  ['mars=20ms', /for a region of the scenario \(us-east, eu-west, ap-south\), got mars/],
  ['us-east', /<region>=<time>/],
  ['us-east=fast', /a time up to 60s such as 80ms, got "fast"/],
  ['us-east=2m', /a time up to 60s/],
  ['', /<region>=<time>/],
] as const) {
  test(`"${text}" is refused`, () => {
    assert.throws(() => parseRegionLatency(text, regions), {
      code: 'K6V_REGION_LATENCY',
      message: reason,
    })
  })
}

test('a scenario without regions has no network of regions', () => {
  assert.throws(() => parseRegionLatency('default', []), /left out: this scenario has no regions/)
  assert.throws(() => parseRegionLatency('default', ['moon']), /moon, which has no default/)
})
