import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as shapes from '../load-shapes.ts'
import { loadOfPlan, shapeOf, thinkTimeOf } from './load-of-plan.ts'
import schema from '../../plans/plan.schema.json' with { type: 'json' }

test('a plan names every load shape of the library by the name of its function', () => {
  const named = schema.definitions.load.oneOf.map(({ properties }) => properties.shape.const)
  assert.deepEqual(named.sort(), [...Object.keys(shapes), 'phases'].sort())
})

test('the numbers of a plan are those of the shape', () => {
  const spikes = { usualUsers: 5, peakUsers: 50, cycles: 1, peak: '5s', recovery: '5s' }
  assert.deepEqual(shapeOf({ shape: 'spikes', ...spikes }), shapes.spikes(spikes))
  const phases = [{ phase: 'rush', duration: '5s', target: 9 }]
  assert.deepEqual(shapeOf({ shape: 'phases', model: 'open', phases, iterationSeconds: 2 }), {
    ...{ model: 'open', start: 0, steps: phases, iterationSeconds: 2 },
  })
})

test('steps are judged one by one, a single pass by its ratios, everything else as a whole', () => {
  const stairs = { from: 1, to: 9, steps: 3, step: '5s', settling: '1s', iterationSeconds: 1 }
  const judges = (load: Parameters<typeof shapeOf>[0]) => loadOfPlan({ name: 'a', load }).judges
  assert.equal(judges({ shape: 'steppedRate', ...stairs }), 'steps')
  assert.equal(judges({ shape: 'everyOperationOnce', maxDuration: '5s' }), 'ratios')
  assert.equal(judges({ shape: 'constantUsers', users: 1, duration: '5s' }), 'all')
})

test('a pause is one time, between two, or lognormal; without a word there is none', () => {
  assert.deepEqual(thinkTimeOf('1500ms'), { seconds: 1.5 })
  assert.deepEqual(thinkTimeOf({ min: '1s', max: '1m' }), { minSeconds: 1, maxSeconds: 60 })
  assert.deepEqual(thinkTimeOf({ median: '2s', p95: '8s' }), { medianSeconds: 2, p95Seconds: 8 })
  assert.deepEqual(thinkTimeOf(), { seconds: 0 })
})
