import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAtLeast, nativeHistogramFlags, parsePrometheusVersion } from './prometheus-version.ts'

const FLAG = ['--enable-feature=native-histograms']

for (const [printed, text, flags] of [
  ['prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5)', '2.42.0+ds', FLAG],
  ['prometheus, version 3.0.1 (branch: HEAD, revision: 1)\n  build user: x', '3.0.1', FLAG],
  ['prometheus, version 3.8.1 (branch: HEAD, revision: 1)', '3.8.1', FLAG],
  ['prometheus, version 3.9.0 (branch: HEAD, revision: 1)', '3.9.0', []],
  ['prometheus, version 3.13.2 (branch: HEAD, revision: 1)', '3.13.2', []],
  ['prometheus, version 4.0.0 (branch: HEAD, revision: 1)', '4.0.0', []],
] as const) {
  test(`${text} ${flags.length === 0 ? 'takes' : 'is told to take'} native histograms`, () => {
    const version = parsePrometheusVersion(printed) ?? assert.fail()
    assert.equal(version.text, text)
    assert.deepEqual(nativeHistogramFlags(version), flags)
  })
}

test('what is no Prometheus has no version', () => {
  assert.equal(parsePrometheusVersion('alertmanager, version 0.25.0'), undefined)
  assert.equal(parsePrometheusVersion(''), undefined)
})

test('versions are compared as numbers', () => {
  const version = { text: '', major: 2, minor: 100 }
  assert.ok(isAtLeast(version, { major: 2, minor: 42 }))
  assert.ok(!isAtLeast(version, { major: 3, minor: 0 }))
})
