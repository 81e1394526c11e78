// Every place that knows indicators agrees with their records: no place keeps a list of its own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { slaAlerts } from '../grafana/rules/sla-alerts.ts'
import { segmentObjectives } from '../scripts/segments/segments.ts'
import type { IndicatorName } from '../scripts/indicators/indicator.ts'
import {
  INDICATOR_NAMES,
  INDICATORS,
  NAMES_ALONE,
  NAMES_WITH_VALUE,
  readIndicator,
  recordOf,
} from '../scripts/indicators/indicators.ts'
import {
  NEEDS_SAMPLES,
  type RunInPrometheus,
} from '../scripts/indicators/from-series/run-series.ts'
import { measureSeries } from '../scripts/indicators/measure-series.ts'
import { timelineOf } from '../scripts/indicators/timeline.ts'
import type { Unit } from '../scripts/core/limit.ts'
import { PROJECT_FOLDER } from '../scripts/core/project.ts'
import type { CompiledObjective } from '../scripts/sla/compiled.ts'
import { compileAll, createPlan, problemsOf } from './support/sla/example.ts'
import { createStopRules } from '../scripts/stop/stop-rules.ts'
import schema from '../thresholds/schema.json' with { type: 'json' }

/** Of indicators that have more than one field, those that must be there. */
const FIELDS = { statistic: 'max' }

const AMOUNTS: Record<Unit, string> = {
  ms: '200ms',
  ratio: '50%',
  '/s': '10/s',
  total: '10 total',
  units: '10 units',
  bytes: '10MB',
  'bytes/s': '10MB/s',
}

test('thresholds/schema.json has the indicators that have a record, written as it says', () => {
  const meanings = NAMES_ALONE.map((name) => `${name}: ${INDICATORS[name].schema as string}.`)
  const alone = { enum: NAMES_ALONE, description: meanings.join(' ') }
  const withValue = NAMES_WITH_VALUE.map((name) => {
    const { schema: written } = recordOf({ kind: name })
    const isOne = typeof written === 'string' || !('fields' in written)
    return {
      type: 'object',
      required: isOne ? [name] : written.required,
      additionalProperties: false,
      properties: isOne ? { [name]: written } : written.fields,
    }
  })

  assert.deepEqual(schema.definitions.indicator.anyOf, [alone, ...withValue])
})

test('docs/verdict.md says of every indicator what it measures', () => {
  const rows = readFileSync(join(PROJECT_FOLDER, 'docs/verdict.md'), 'utf8').match(/^\| .*$/gm)
  for (const name of INDICATOR_NAMES) {
    assert.ok(
      rows?.some((row) => row.includes(`"${name}"`)),
      name,
    )
  }
})

for (const name of INDICATOR_NAMES) {
  describe(name, () => {
    const record = recordOf({ kind: name })
    const raw = exampleOf(name)

    test('is read as it is written', () => {
      const indicator = readIndicator(raw.indicator)
      assert.equal(indicator.kind, name)
      const { schema: written } = record
      const isOne = typeof written === 'string' || !('fields' in written)
      const text = isOne ? valueOf(name) : `${FIELDS.statistic} of ${valueOf(name)}`
      assert.equal(record.write(indicator), text)
      assert.deepEqual(problemsOf(raw), [])
    })

    test('has windows and a stop in an SLA file only where it has a value in them', () => {
      const windows = problemsOf({ ...raw, windows: { length: '10s', violating: '<= 5%' } })
      const stop = problemsOf({ ...raw, stop: { after: '30s' } })
      assert.deepEqual(placesOf(windows), record.hasWindows ? [] : ['windows'])
      assert.deepEqual(placesOf(stop), record.live ? [] : ['stop'])
    })

    test('ends a run early only where it has a value while the run goes on', () => {
      const objectives = compiled(raw).map((each) => {
        return { ...each, objective: { ...each.objective, stopAfter: '10s' } }
      })
      const { metrics } = createStopRules({ objectives, phases: [], startUs: () => 0 })
      assert.equal(metrics.size > 0, record.live !== undefined)
    })

    test('judges the steps of a ramp, or the whole of it, or nothing there', () => {
      const [inSteps] = compileAll([raw], createPlan({ judges: 'steps' }))
      const found = inSteps?.isGate ? 'each' : inSteps?.absence === undefined ? 'all' : undefined
      assert.equal(found, record.inSteps)
      const [inRun] = compiled(raw)
      assert.equal(inRun?.absence === undefined, record.inSteps !== 'all')
    })

    test('is left to the merge where a part of the load says nothing of it', () => {
      const [left] = segmentObjectives(ofRun(compiled(raw)), { part: 1, of: 2 })
      assert.equal(left?.absence === undefined, record.inPartOfLoad)
    })

    test('has a threshold of k6, a value in Prometheus and an alert where its record says so', () => {
      const [{ objective, check } = assert.fail()] = compiled(raw)
      assert.equal(check !== undefined, record.k6Check !== undefined && record.inSteps !== 'all')

      const timeline = timelineOf(createPlan().phases, 0)
      const run = emptyRun()
      const context = { run, timeline, metrics: {}, isSample: true, isWhole: true }
      const { reason } = measureSeries(objective, context)
      assert.equal(reason?.text === NEEDS_SAMPLES, record.fromSeries === undefined)

      // One of the rules does not depend on the objectives.
      const { rules } = slaAlerts({ workload: 'better-prompts', objectives: [objective] })
      assert.equal(rules.length > 1, record.alert !== undefined)
    })
  })
}

/** An objective as an SLA file has it. */
function exampleOf(name: IndicatorName) {
  const record = recordOf({ kind: name })
  const value = valueOf(name)
  const { schema: written } = record
  const fields = typeof written !== 'string' && 'fields' in written ? FIELDS : {}
  const indicator = value === '' ? name : { [name]: value, ...fields }
  const { better, unit } = record.limitRule(readIndicator(indicator), 'units')
  // A total can end a run only when it is too large already.
  const isUpper = better === 'low' || record.live?.over === 'start'
  return { indicator, limit: `${isUpper ? '<' : '>='} ${AMOUNTS[unit]}` }
}

/** The first example of its schema; empty where the name stands alone. */
function valueOf(name: IndicatorName): string {
  const { schema: written } = recordOf({ kind: name })
  if (typeof written === 'string') return ''
  if ('fields' in written) {
    const own = written.fields[name] as { examples?: string[] }
    return own.examples?.[0] ?? ''
  }
  return (written.$ref ? schema.definitions.percentile : written).examples?.[0] ?? ''
}

function compiled(raw: Record<string, unknown>): CompiledObjective[] {
  return compileAll([raw])
}

/** As in a run that has something to judge by it. */
function ofRun(objectives: readonly CompiledObjective[]): CompiledObjective[] {
  return objectives.map(({ id, objective }) => ({ id, objective }))
}

function placesOf(problems: readonly { path: string }[]): string[] {
  return problems.map(({ path }) => path.split('.').at(-1) ?? '')
}

function emptyRun(): RunInPrometheus {
  return {
    url: '',
    testid: 'a-run',
    processes: [],
    firstSeconds: 0,
    lastSeconds: 100,
    values: new Map(),
    generator: [],
    histograms: new Map(),
  }
}
