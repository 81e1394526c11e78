import { UNJUDGED_PHASES } from '../../lib/plan.ts'
import { type Catalogue, findMetric, knownValues } from './read-sla.ts'
import { nearest } from '../core/nearest.ts'
import type { EachKey, Objective } from '../indicators/objective.ts'
import type { RawObjective } from './sla-file.ts'
import { type Fault, type Place, type Problem, quote, unknownName } from './field-problem.ts'
import { formatDuration, parseDuration } from '../../lib/duration.ts'
import { recordOf } from '../indicators/indicators.ts'
import { K6_METRICS, type MetricType } from '../indicators/k6-metrics.ts'
import type { Indicator } from '../indicators/indicator.ts'

const EACH_KEYS: readonly EachKey[] = ['endpoint', 'operation', 'region']

/** Tags that have a field of their own in the SLA file, or are ours to set. */
const RESERVED_TAGS = new Map([
  ['name', 'Write "endpoint" instead.'],
  ['phase', 'Write "phases": ["hold"] beside "where" instead.'],
  ['judged', 'The toolkit sets this tag; use "phases" to choose what is judged.'],
  ['expected_response', 'Latency counts expected responses; error-ratio counts the others.'],
])

/** Every name in `where`, `each`, `scenarios` and `phases` that the catalogue does not know. */
export function checkNames(
  raw: Partial<RawObjective>,
  path: string,
  catalogue: Catalogue,
): Problem[] {
  return [
    ...Object.entries(raw.where ?? {}).flatMap(([key, value]) => {
      return at(`${path}.where.${key}`, checkWhere(key, value, catalogue))
    }),
    ...(raw.each ? at(`${path}.each`, checkEach(raw.each, catalogue)) : []),
    ...(raw.scenarios ?? []).flatMap((scenario, index) => {
      return at(`${path}.scenarios[${index}]`, checkScenario(scenario, catalogue))
    }),
    ...(raw.phases ?? []).flatMap((phase, index) => {
      return at(`${path}.phases[${index}]`, checkPhase(phase, catalogue))
    }),
  ]
}

function at(path: string, fault: ReturnType<typeof unknownName>): Problem[] {
  return fault === undefined ? [] : [{ path, ...fault }]
}

function checkWhere(key: string, value: string, catalogue: Catalogue) {
  const known = EACH_KEYS.find((each) => each === key)
  if (known) return unknownName(known, value, knownValues(catalogue, known))

  const instead = RESERVED_TAGS.get(key)
  if (instead !== undefined) {
    return { expected: 'a tag of the workload', found: quote(key), hint: instead }
  }
  // Any tag may be named, so only a name that is nearly one of ours is called a typing error.
  const guess = nearest(key, [...EACH_KEYS, 'segment'])
  if (guess === undefined || guess === key) return undefined
  return { expected: 'a tag', found: quote(key), hint: `Did you mean ${quote(guess)}?` }
}

function checkEach(each: EachKey, catalogue: Catalogue) {
  if (knownValues(catalogue, each).length > 0) return undefined
  return {
    expected: `a workload with ${each}s`,
    found: 'none',
    hint: `No scenario of "${catalogue.workload}" has ${each}s, so there is nothing to judge.`,
  }
}

function checkScenario(entry: string, { scenarios, profiles }: Catalogue) {
  const [scenario = '', profile] = entry.split(':')
  const fault = unknownName('scenario', scenario, scenarios)
  if (fault) return fault
  if (profile === undefined || profiles === undefined) return undefined
  return unknownName('profile', profile, profiles)
}

function checkPhase(phase: string, { phases }: Catalogue) {
  if (phases === undefined || UNJUDGED_PHASES.includes(phase)) return undefined
  return unknownName('phase', phase, phases)
}

interface Length {
  field: string
  seconds: number
  /** Longest and shortest that makes sense, as one would write them. */
  least: string
  most: string
  example: string
}

/** Times that are right as a text and too short or too long to mean anything. */
export function checkLengths({ stopAfter, windows, indicator }: Objective): Place[] {
  const lengths: Length[] = []
  // Samples of less than a second say nothing, and of none there is no window.
  const usual = { least: '1s', most: '168h', example: '10s' }
  if (stopAfter !== undefined) {
    lengths.push({ field: 'stop.after', seconds: parseDuration(stopAfter), ...usual })
  }
  if (windows) lengths.push({ field: 'windows.length', seconds: windows.lengthSeconds, ...usual })
  if (indicator.kind === 'apdex') {
    const seconds = indicator.targetMs / 1_000
    const target = { least: '1ms', most: '1h', example: '200ms' }
    lengths.push({ field: 'indicator.apdex', seconds, ...target })
  }
  return lengths.flatMap((length) => faultOf(length) ?? [])
}

function faultOf({ field, seconds, least, most, example }: Length): Place | undefined {
  const [isShort, isLong] = [seconds < parseDuration(least), seconds > parseDuration(most)]
  if (!isShort && !isLong) return undefined
  return {
    field,
    expected: isShort ? `at least ${least}` : `at most ${most}`,
    found: Number.isFinite(seconds) ? quote(formatDuration(seconds)) : 'more than any number',
    hint: `Write for instance "${example}".`,
  }
}

const FITTING: Record<MetricType, string> = {
  counter: 'A counter fits { "rate": … } and { "count": … }.',
  rate: 'A k6 Rate fits { "share": … }.',
  trend: 'A trend fits { "statistic": "p95 of …" }, and latency { "latency": "p95" }.',
  gauge: 'A gauge fits { "statistic": "max of …" }.',
}

/** @returns a fault when the indicator's metric does not exist or has the wrong type */
export function checkMetric(indicator: Indicator, catalogue: Catalogue): Fault | undefined {
  if (!('metric' in indicator)) return undefined
  const { kind, metric: name } = indicator
  const needed = recordOf(indicator).metricTypes ?? []
  const isNeeded = (type?: MetricType): boolean => type !== undefined && needed.includes(type)
  const metric = findMetric(catalogue, name)
  if (metric === undefined) {
    const known = [...Object.keys(catalogue.metrics), ...Object.keys(K6_METRICS)]
    const fitting = known.filter((each) => isNeeded(findMetric(catalogue, each)?.type))
    return unknownName(`${needed.join(' or ')} metric`, name, fitting)
  }
  if (isNeeded(metric.type)) return undefined
  return {
    expected: `a ${needed.join(' or ')} metric for "${kind}"`,
    found: `"${name}", a ${metric.type}`,
    hint: FITTING[metric.type],
  }
}
