import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutMacros } from './macros.ts'

const VALUES = { rateInterval: '20s', range: '1h', interval: '5s' }

test('windows become durations, and variables that are not given become "All"', () => {
  const expr = 'rate(a{testid=~"$testid|", name=~"$endpoint"}[$__rate_interval]) / b[$__range]'
  assert.equal(
    withoutMacros(expr, { ...VALUES, variables: { testid: 'run-1' } }),
    'rate(a{testid=~"run-1|", name=~".*"}[20s]) / b[1h]',
  )
})

test('a macro that nobody knows is refused, since Prometheus would get it as it is', () => {
  assert.throws(() => withoutMacros('rate(a[$__rate_intervall])'), /\$__rate_intervall/)
})
