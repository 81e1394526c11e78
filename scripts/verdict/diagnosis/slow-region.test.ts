import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createEndpoint,
  createFacts,
  createSeries,
  createTimeline,
} from '../../../tests/support/verdict/example-diagnosis.ts'
import { slowRegion } from './slow-region.ts'

function diagnoseRegions(p95s: Record<string, number>, count = 200) {
  const rows = Object.entries(p95s).map(([region, p95Ms]) => {
    return { ...createEndpoint(region, count), p95Ms }
  })
  return slowRegion(createFacts({ series: createSeries(createTimeline({}), rows) }))
}

test('a region with twice the p95 of the others is reported, with less it is not', () => {
  const [found] = diagnoseRegions({ 'us-east': 100, 'ap-south': 220, 'eu-west': 120 })

  assert.equal(found?.text, 'The p95 of ap-south is 220 ms, that of the others 110 ms (median).')
  assert.deepEqual(diagnoseRegions({ 'us-east': 100, 'ap-south': 219, 'eu-west': 120 }), [])
})

test('less than 20 ms more is nothing, whatever the factor', () => {
  assert.equal(diagnoseRegions({ 'us-east': 5, 'eu-west': 25 }).length, 1)
  assert.deepEqual(diagnoseRegions({ 'us-east': 5, 'eu-west': 24.9 }), [])
})

test('a region with too few requests for a p95 is left out, and one alone is compared with nothing', () => {
  assert.deepEqual(diagnoseRegions({ 'us-east': 100, 'ap-south': 300 }, 199), [])
  assert.deepEqual(diagnoseRegions({ 'us-east': 100 }), [])
})
