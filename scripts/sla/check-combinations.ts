import { type Catalogue, findMetric } from './catalogue.ts'
import type { Objective } from './objective.ts'
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

function checkStop(objective: Objective): Place | undefined {
  const { stopAfter, level, indicator, limit, windows } = objective
  if (stopAfter === undefined) return undefined
  const stop = { field: 'stop', found: `{ "after": ${quote(stopAfter)} }` }
  if (level === 'advisory') {
    return { ...stop, expected: 'no stop on an advisory objective', hint: 'Make it required.' }
  }
  const { kind } = indicator
  if (windows || kind === 'drift' || kind === 'apdex' || kind === 'recovery-time') {
    const expected = 'no stop on an objective that is judged after the run'
    return { ...stop, expected, hint: 'Only what k6 evaluates during the run can stop it.' }
  }
  // A total starts at zero and grows, so a lower bound is missed at the start of every run.
  if ((kind === 'rate' || kind === 'count') && limit.operator.startsWith('>')) {
    const expected = `no stop on a ${kind} with a lower bound`
    return { ...stop, expected, hint: 'It counts up from zero, so it would stop every run.' }
  }
  return undefined
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

function checkWindows({ windows, indicator: { kind } }: Objective): Place | undefined {
  if (!windows || (kind !== 'drift' && kind !== 'recovery-time')) return undefined
  return {
    field: 'windows',
    expected: `no windows for ${kind}`,
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
