import { formatDuration, parseDuration } from '../../lib/duration.ts'
import { type Catalogue, findMetric } from './catalogue.ts'
import { recordOf } from '../indicators/indicators.ts'
import type { Objective } from '../indicators/objective.ts'
import { type Problem, quote } from './problem.ts'

type Place = Omit<Problem, 'path'> & { field: string }

/** Fields that are right by themselves but make no sense together. */
export function checkCombinations(
  objective: Objective,
  path: string,
  catalogue: Catalogue,
): Problem[] {
  const faults = [
    checkStop(objective),
    checkLength('stop.after', objective.stopAfter),
    checkLength(
      'windows.length',
      objective.windows && formatDuration(objective.windows.lengthSeconds),
    ),
    checkUntagged(objective, catalogue),
    checkWindows(objective),
    checkEachWhere(objective),
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

/** Samples of a shorter time say nothing, and of none there is no window. */
const LENGTH_MIN_SECONDS = 1

function checkLength(field: string, length: string | undefined): Place | undefined {
  if (length === undefined || parseDuration(length) >= LENGTH_MIN_SECONDS) return undefined
  return {
    field,
    expected: `at least ${LENGTH_MIN_SECONDS}s`,
    found: quote(length),
    hint: 'Write for instance "10s".',
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

function checkEachWhere({ each, where }: Objective): Place | undefined {
  if (each === undefined || where[each] === undefined) return undefined
  return {
    field: 'each',
    expected: `either "each" or "where.${each}"`,
    found: 'both',
    hint: 'Remove one of them.',
  }
}
