import { parseDuration } from '../../lib/duration.ts'
import { type Catalogue, findMetric } from './read-sla.ts'
import { checkCombinations } from './check-combinations.ts'
import { checkMetric, checkNames } from './check-names.ts'
import type { Indicator } from '../indicators/indicator.ts'
import { readIndicator, recordOf } from '../indicators/indicators.ts'
import type { Limit } from '../core/limit.ts'
import { parseLimit } from './parse-limit.ts'
import type { Objective } from '../indicators/objective.ts'
import type { RawObjective } from './sla-file.ts'
import { type Fault, isFault, type Problem } from './field-problem.ts'

/** An objective that can be used, or every reason why it cannot. */
export type ReadResult = { objective: Objective } | { problems: Problem[] }

/**
 * Reads one objective by meaning.
 *
 * @param raw the fields that the JSON Schema has accepted; a missing one is the schema's to report
 */
export function readObjective(
  raw: Partial<RawObjective>,
  path: string,
  catalogue: Catalogue,
): ReadResult {
  const problems: Problem[] = checkNames(raw, path, catalogue)
  function sound<T extends object>(field: string, result: T | Fault | undefined): T | undefined {
    if (result === undefined) return undefined
    if (!isFault(result)) return result
    problems.push({ path: `${path}.${field}`, ...result })
    return undefined
  }

  const indicator = sound('indicator', readKnownIndicator(raw, catalogue))
  // The unit depends on the indicator: beside an unknown one nothing can be said about the limit.
  const limit = indicator && sound('limit', readLimit(raw, indicator, catalogue))
  const violating = sound('windows.violating', readViolating(raw))
  if (!indicator || !limit || (raw.windows && !violating)) return { problems }

  const objective = assemble(raw, { indicator, limit, violating })
  problems.push(...checkCombinations(objective, path, catalogue))
  return problems.length > 0 ? { problems } : { objective }
}

function readKnownIndicator(raw: Partial<RawObjective>, catalogue: Catalogue) {
  if (raw.indicator === undefined) return undefined
  const indicator = readIndicator(raw.indicator)
  return checkMetric(indicator, catalogue) ?? indicator
}

function readLimit(raw: Partial<RawObjective>, indicator: Indicator, catalogue: Catalogue) {
  if (!('limit' in raw)) return undefined
  const metric = 'metric' in indicator ? findMetric(catalogue, indicator.metric) : undefined
  const unit = metric?.isBytes ? 'bytes' : metric?.isTime ? 'ms' : 'units'
  return parseLimit(raw.limit, recordOf(indicator).limitRule(indicator, unit))
}

function readViolating({ windows }: Partial<RawObjective>): Limit | Fault | undefined {
  return windows && parseLimit(windows.violating, { unit: 'ratio', better: 'low', most: 1 })
}

function assemble(
  raw: Partial<RawObjective>,
  read: { indicator: Indicator; limit: Limit; violating: Limit | undefined },
): Objective {
  const { id = '', description, of, where = {}, each, phases, scenarios, windows, stop } = raw
  const { indicator, limit, violating } = read
  return {
    id,
    ...(description !== undefined && { description }),
    indicator,
    limit,
    ...(of === 'operation' && { of }),
    where,
    ...(each && { each }),
    ...(phases && { phases }),
    ...(scenarios && { scenarios }),
    ...(windows &&
      violating && { windows: { lengthSeconds: parseDuration(windows.length), violating } }),
    level: raw.level ?? 'required',
    ...(stop && { stopAfter: stop.after }),
  }
}
