import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillVariables } from './fill-variables.ts'

const VALUES = {
  testid: '20261121-174132-spike-6497',
  stepSeconds: 5,
  rangeSeconds: 90,
  others: { scenario: '.*', datasource: '.*' },
}

for (const [what, expr, filled] of [
  ['a rate', 'rate(a[$__rate_interval])', 'rate(a[20s])'],
  ['a range', 'max_over_time(a[$__range])', 'max_over_time(a[90s])'],
  ['an interval', 'last_over_time(a[$__interval])', 'last_over_time(a[5s])'],
  ['a number of seconds', 'a / $__range_s', 'a / 90'],
  ['braces', 'a{t=~"${testid}"}', 'a{t=~"20261121-174132-spike-6497"}'],
  ['a format', 'a{t=~"${testid:regex}"}', 'a{t=~"20261121-174132-spike-6497"}'],
  ['what was not chosen', 'a{s=~"$scenario", t!=""}', 'a{s=~".*", t!=""}'],
  ['a name that begins like another', '$__range_s + $__range_ms', '90 + 90000'],
  ['a dollar of a pattern', 'a{b=~"x$"}', 'a{b=~"x$"}'],
  ['a string with a quote', 'a{b="\\"$testid"}', 'a{b="\\"20261121-174132-spike-6497"}'],
] as const) {
  test(`${what} becomes what Grafana makes of it`, () => {
    assert.equal(fillVariables(expr, VALUES), filled)
  })
}

test('a long step makes rates longer: never less than a point and a push', () => {
  assert.equal(fillVariables('[$__rate_interval]', { ...VALUES, stepSeconds: 60 }), '[65s]')
})

test('a testid is escaped for where it stands', () => {
  const testid = 'a.b"\\{$__range}'
  const filled = fillVariables('x{t=~"$testid"} or x{t="$testid"}', { ...VALUES, testid })
  assert.equal(
    filled,
    'x{t=~"a\\\\.b\\"\\\\\\\\\\\\{\\\\$__range\\\\}"} or x{t="a.b\\"\\\\{$__range}"}',
  )
})
