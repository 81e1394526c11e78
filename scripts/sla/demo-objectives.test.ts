import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileObjectives } from './compile.ts'
import { catalogue, createPlan, createSla } from '../../tests/support/sla/example.ts'
import { validateSla } from './validate-sla.ts'

test('a demo that runs with fewer users is not judged by what the whole load promises', () => {
  const limits = [
    { indicator: { latency: 'p95' }, limit: '< 200ms' },
    { indicator: { rate: 'http_reqs' }, limit: '>= 1000/s' },
    { indicator: { rate: 'http_reqs' }, limit: '< 5000/s' },
    { indicator: { share: 'checks' }, limit: '>= 99.9%' },
    { indicator: { statistic: 'max of open_sockets' }, limit: '>= 1000 units' },
    { indicator: { statistic: 'avg of quality' }, limit: '>= 3 units' },
  ]
  const open = {
    open_sockets: { type: 'trend', isTime: false },
    quality: { type: 'trend', isTime: false },
  } as const
  const metrics = { ...catalogue.metrics, ...open }
  const read = validateSla(createSla(...limits), { ...catalogue, metrics })
  assert('sla' in read)
  const { sla } = read
  const plan = createPlan({ target: 600 })
  const absences = (demoOf?: number): (string | undefined)[] =>
    compileObjectives(sla, { plan, scenario: 'load', demoOf }).map(({ absence }) => absence)

  assert.deepEqual(absences(1_000), [
    undefined,
    'it is for the whole load, and this demo runs 600 of 1000',
    undefined,
    undefined,
    'it is for the whole load, and this demo runs 600 of 1000',
    undefined,
  ])
  assert.deepEqual(
    absences(),
    limits.map(() => undefined),
  )
})
