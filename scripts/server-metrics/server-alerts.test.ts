import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ServerScrape } from '../indicators/from-server/server-details.ts'
import { compileAll } from '../../tests/support/sla/example.ts'
import { serverAlerts } from './server-alerts.ts'

function look(second: number, name: string, value: number): ServerScrape {
  return { atMs: second * 1_000, when: 'load', series: [[name, {}, value]] }
}

function watched(indicator: Record<string, string>, limit: string, rest: object = {}) {
  const said: string[] = []
  const watch = serverAlerts(compileAll([{ indicator, limit, ...rest }]), (line) => said.push(line))
  return {
    said,
    texts: (name: string, values: number[]) =>
      values.flatMap((value, second) =>
        watch(0, look(second, name, value)).map(({ alert }) => [second, alert.text]),
      ),
  }
}

test('each crossing is an alert, and the first one is said', () => {
  const { said, texts } = watched({ server: 'm_bytes', statistic: 'max' }, '< 10B')
  assert.deepEqual(texts('m_bytes', [5, 10, 12, 9, 11]), [
    [1, '10 B, expected < 10B'],
    [4, '11 B, expected < 10B'],
  ])
  assert.deepEqual(said, ['! critical: o-1 is 10 B, expected < 10B'])
})

test('a growth counts from the first look, a rate over five seconds', () => {
  const growth = watched({ server: 'm_bytes', statistic: 'growth' }, '< 10B')
  assert.deepEqual(growth.texts('m_bytes', [100, 105, 110]), [[2, '10 B, expected < 10B']])
  const rate = watched({ server: 'cpu_seconds_total', statistic: 'max-rate' }, '< 50%')
  assert.deepEqual(rate.texts('cpu_seconds_total', [0, 1, 1, 1, 1, 1, 2, 3, 4, 5]), [
    [8, '60%, expected < 50%'],
  ])
})

test('an advisory objective is a warning; a mean, an idle target and a failed look are none', () => {
  const warning = watched({ server: 'm_bytes', statistic: 'max' }, '< 10B', { level: 'advisory' })
  warning.texts('m_bytes', [20])
  assert.deepEqual(warning.said, ['! warning: o-1 is 20 B, expected < 10B'])
  const mean = watched({ server: 'm_bytes', statistic: 'mean' }, '< 10B')
  assert.deepEqual(mean.texts('m_bytes', [20, 30]), [])
  const idle = watched({ server: 'm_bytes', statistic: 'max', when: 'idle' }, '< 10B')
  assert.deepEqual(idle.texts('m_bytes', [20]), [])
  const watch = serverAlerts(
    compileAll([{ indicator: { server: 'm_bytes', statistic: 'max' }, limit: '< 1B' }]),
    () => assert.fail(),
  )
  assert.deepEqual(watch(0, { atMs: 1, when: 'load', error: 'status 500' }), [])
})
