import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../project.ts'
import { ofObjective, reason, REASON_CODES } from './reasons.ts'

test('docs/verdict.md explains every code, and no other', () => {
  const text = readFileSync(projectPath('docs', 'verdict.md'), 'utf8')
  const section = text.slice(text.indexOf('## Reason codes'), text.indexOf('## From Prometheus'))
  const documented = [...section.matchAll(/^\| `([A-Z][A-Z0-9_]+)`/gm)].map(([, code]) => code)
  assert.deepEqual([...documented].sort(), [...REASON_CODES].sort())
})

test('a reason has its sentence, and the numbers that are in it', () => {
  const run = { elapsedSeconds: 12.3, plannedSeconds: 100 }
  assert.deepEqual(reason('STOPPED_BY_USER', run), {
    code: 'STOPPED_BY_USER',
    text: 'Stopped by the user after 12 s of 100 s',
    data: run,
  })
})

test('the reason of an objective names it', () => {
  const few = reason('TOO_FEW_SAMPLES', { samples: 3, needed: 200 })
  assert.deepEqual(ofObjective('latency-p95', few), {
    code: 'TOO_FEW_SAMPLES',
    text: 'latency-p95: 3 samples, at least 200 are needed',
    data: { objective: 'latency-p95', samples: 3, needed: 200 },
  })
})
