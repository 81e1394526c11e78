import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ServerDetails } from '../../indicators/from-server/server-details.ts'
import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import { alongSteps } from './along-steps.ts'
import { serverPanels } from './server-panels.ts'

const STEPS = { startMs: 1_000, step: [0, 1, 2, 3], stepSeconds: 1 }

function rowOf(id: string, bound: number, details: Partial<ServerDetails>): ObjectiveResult {
  return {
    ...{ id, level: 'required', indicator: '', limit: `< ${bound / 1e6}MB`, bound },
    ...{ unit: 'bytes', verdict: 'PASS' },
    details: {
      kind: 'server',
      drawn: 'memory',
      servers: [{ url: 'http://a/metrics', atMs: [1_500, 2_500, 4_900], values: [1e6, 3e6, 2e6] }],
      ...details,
    },
  }
}

test('a step has its highest value, or what lies between two others', () => {
  const timed = { atMs: [1_100, 1_900, 4_500], values: [5, 7, 13] }
  assert.deepEqual(
    alongSteps(timed, STEPS).map((each) => each && Math.round(each)),
    [7, 8, 11, 13],
  )
  const apart = { atMs: [1_100, 30_000], values: [5, 7] }
  assert.deepEqual(alongSteps(apart, STEPS), [5, null, null, null])
  assert.deepEqual(alongSteps({ atMs: [], values: [] }, STEPS), [null, null, null, null])
})

test('objectives on one metric share a chart, and the limit of a growth begins at the first value', () => {
  const panels = serverPanels(
    [
      rowOf('peak', 5e6, {}),
      rowOf('growth', 1e6, { base: 1e6 }),
      rowOf('cpu', 1e6, { drawn: 'rate of cpu' }),
      rowOf('idle', 1e6, { servers: [] }),
      // A verdict.json may have been edited.
      rowOf('odd', 1e6, { servers: [{ atMs: 3 }] as unknown as ServerDetails['servers'] }),
    ],
    STEPS,
  )
  assert.deepEqual(
    panels.map(({ title, limits }) => [title, limits]),
    [
      [
        'Target: memory',
        [
          { label: 'peak < 5MB', value: 5e6 },
          { label: 'growth < 1MB', value: 2e6 },
        ],
      ],
      ['Target: rate of cpu', [{ label: 'cpu < 1MB', value: 1e6 }]],
    ],
  )
  assert.equal(panels[0]?.summary, 'From 1 MB to 2 MB, highest 3 MB at 0:02.')
})
