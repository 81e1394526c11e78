import { type Catalogue, findMetric } from './read-sla.ts'
import { checkLengths } from './check-names.ts'
import { INDICATOR_NAMES, INDICATORS, recordOf } from '../indicators/indicators.ts'
import type { Objective } from '../indicators/objective.ts'
import { type Place, type Problem, quote } from './field-problem.ts'

/** Fields that are right by themselves but make no sense together. */
export function checkCombinations(
  objective: Objective,
  path: string,
  catalogue: Catalogue,
): Problem[] {
  const faults = [
    checkStop(objective),
    ...checkLengths(objective),
    checkOutcome(objective),
    checkUntagged(objective, catalogue),
    checkWindows(objective),
    checkOf(objective),
    checkEachWhere(objective),
    checkServer(objective),
  ]
  return faults.flatMap((fault) => {
    if (fault === undefined) return []
    const { field, ...rest } = fault
    return [{ path: `${path}.${field}`, ...rest }]
  })
}

function checkStop({ stopAfter, level, indicator, limit }: Objective): Place | undefined {
  if (stopAfter === undefined) return undefined
  const stop = { field: 'stop', found: `{ "after": ${quote(stopAfter)} }` }
  if (level === 'advisory') {
    return { ...stop, expected: 'no stop on an advisory objective', hint: 'Make it required.' }
  }
  const { live } = recordOf(indicator)
  const isTotal = live?.over === 'start'
  // A total that has passed its upper bound stays there.
  if (live && (!isTotal || limit.operator.startsWith('<'))) return undefined
  const expected = `no stop on ${indicator.kind}${isTotal ? ' with a lower bound' : ''}`
  return { ...stop, expected, hint: 'It says nothing before the run is over.' }
}

/** Tags that say how a request went. */
const OUTCOME_TAGS = ['status', 'error', 'error_code']

// Of the requests with status 200 none has failed.
function checkOutcome({ indicator, where }: Objective): Place | undefined {
  const isOfFailures =
    ['availability', 'error-ratio'].includes(indicator.kind) ||
    ('metric' in indicator && indicator.metric === 'http_req_failed')
  const tag = OUTCOME_TAGS.find((each) => each in where)
  if (!isOfFailures || tag === undefined) return undefined
  return {
    field: `where.${tag}`,
    expected: `no "${tag}" for ${indicator.kind}`,
    found: quote(where[tag]),
    hint: 'It selects requests by how they went, so that the target has no say in the result.',
  }
}

function checkUntagged(objective: Objective, catalogue: Catalogue): Place | undefined {
  const { indicator, where, each, phases } = objective
  if (!('metric' in indicator) || !findMetric(catalogue, indicator.metric)?.isUntagged) {
    return undefined
  }
  const field = phases ? 'phases' : each ? 'each' : 'where'
  if (!phases && !each && Object.keys(where).length === 0) return undefined
  return {
    field,
    expected: `no ${field} for ${indicator.metric}`,
    found: quote(objective[field]),
    hint: 'k6 counts this metric for the whole run, without tags of requests.',
  }
}

function checkWindows({ windows, indicator }: Objective): Place | undefined {
  if (!windows || recordOf(indicator).hasWindows) return undefined
  return {
    field: 'windows',
    expected: `no windows for ${indicator.kind}`,
    found: `windows of ${windows.lengthSeconds}s`,
    hint: 'It is computed over the whole course of the run.',
  }
}

function checkOf({ of, indicator, where, each }: Objective): Place | undefined {
  if (of !== 'operation') return undefined
  const found = quote(of)
  if (!recordOf(indicator).ofOperations) {
    const names = INDICATOR_NAMES.filter((name) => INDICATORS[name].ofOperations).join(', ')
    const hint = `Leave it out, or use one of ${names}.`
    return { field: 'of', expected: `no "of" for ${indicator.kind}`, found, hint }
  }
  if (each !== 'endpoint' && where['endpoint'] === undefined) return undefined
  const field = each === 'endpoint' ? '"each": "endpoint"' : '"where.endpoint"'
  const hint = 'An operation may call several endpoints: select by "operation", or leave out "of".'
  return { field: 'of', expected: `no "of" beside ${field}`, found, hint }
}

// What the target says of itself knows nothing of k6's tags.
function checkServer({ indicator, where, each, phases }: Objective): Place | undefined {
  if (indicator.kind !== 'server') return undefined
  const tag = Object.keys(where).find((key) => key !== 'region')
  const hint = 'A server knows its own labels only: write "labels" beside "server".'
  const of = 'for server'
  if (tag !== undefined) {
    return { field: `where.${tag}`, expected: `no "${tag}" ${of}`, found: quote(where[tag]), hint }
  }
  if (each !== undefined && each !== 'region') {
    return { field: 'each', expected: `no each but "region" ${of}`, found: quote(each), hint }
  }
  if (indicator.when !== 'idle' || !phases) return undefined
  const idle = 'The idle time lies before the first phase: leave one of the two out.'
  return { field: 'phases', expected: 'no phases beside idle', found: quote(phases), hint: idle }
}

function checkEachWhere({ each, where }: Objective): Place | undefined {
  if (each === undefined || where[each] === undefined) return undefined
  return {
    field: 'each',
    expected: `either "each" or "where.${each}"`,
    found: 'both',
    hint: 'Remove one of them.',
  }
}
