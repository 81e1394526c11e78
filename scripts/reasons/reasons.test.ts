import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { ofObjective, reason, REASON_CODES, type Reason } from './reasons.ts'

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

test('a run that was ended for its memory says how much k6 had, and what was left', () => {
  const use = { k6Bytes: 5.9e9, availableBytes: 4e8, maxBytes: 2e10, atSeconds: 12.4 }
  const { text } = reason('GENERATOR_MEMORY_ENDED', use)
  assert.match(
    text,
    /^k6 used 5\.9 GB, and this machine had 400 MB left: the run was ended at 0:12; look for large/,
  )
  const limited = reason('GENERATOR_MEMORY_ENDED', { ...use, maxBytes: 4e9 })
  assert.match(limited.text, /^k6 used 5\.9 GB, more than the 4 GB that it may \(--max-memory\): /)
})

test('the reason of an objective names it', () => {
  const few = reason('TOO_FEW_SAMPLES', { samples: 3, needed: 200 })
  assert.deepEqual(ofObjective('latency-p95', few), {
    code: 'TOO_FEW_SAMPLES',
    text: 'latency-p95: 3 samples, at least 200 are needed',
    data: { objective: 'latency-p95', samples: 3, needed: 200 },
  })
})

const NOT_OFFERED = { started: 80, dropped: 0, planned: 100 }
const FEW = { bad: 1, samples: 199, needed: 200, percentile: 95, limit: '< 200ms' }
const SENTENCES: [of: Reason, text: string][] = [
  [reason('SAMPLES_NOT_FINITE', { samples: 1 }), '1 sample is not a number'],
  [reason('SAMPLES_NOT_FINITE', { samples: 5 }), '5 samples are not numbers'],
  [
    reason('SAMPLES_OUT_OF_TIME', { samples: 1 }),
    '1 sample lies outside of the time of the run: the clock jumped',
  ],
  [
    reason('SAMPLES_OUT_OF_TIME', { samples: 2 }),
    '2 samples lie outside of the time of the run: the clock jumped',
  ],
  [reason('PUSHES_LOST', { pushes: 1 }), '1 push to Prometheus was lost'],
  [reason('PUSHES_LOST', { pushes: 2 }), '2 pushes to Prometheus were lost'],
  [reason('TOO_FEW_SAMPLES', { samples: 1, needed: 1_000 }), '1 sample, at least 1,000 are needed'],
  [
    reason('MISSED_BY_FEW', FEW),
    '1 of 199 samples misses < 200ms: p95 misses it too, however good 1 more sample would be',
  ],
  [reason('SAMPLES_MISSING', { sent: 1, recorded: 0 }), 'k6 sent 1 request, and 0 were recorded'],
  [
    reason('WINDOWS_MISSED', { violating: 1, windows: 6, lengthSeconds: 10, longestStreak: 1 }),
    '1 of 6 windows of 10 s misses it',
  ],
  [
    reason('DEADLINE_PASSED', { elapsedSeconds: 120, plannedSeconds: 60 }),
    'k6 did not end by itself and was stopped after 120 s; 60 s were planned',
  ],
  [
    reason('LOAD_NOT_OFFERED', NOT_OFFERED),
    'Only 80 of 100 planned iterations were started, and k6 says nothing of the others: it stood still',
  ],
  [
    reason('LOAD_NOT_OFFERED', { ...NOT_OFFERED, dropped: 5 }),
    'Only 80 of 100 planned iterations were started and 5 dropped, and k6 says nothing of the others: it stood still',
  ],
]
for (const [{ code, text }, expected] of SENTENCES) {
  test(`${code}: ${expected}`, () => {
    assert.equal(text, expected)
  })
}
