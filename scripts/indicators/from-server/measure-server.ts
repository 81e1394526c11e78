import type { MeasureContext, Measurement } from '../from-samples/measurement.ts'
import { judgedPhases } from '../judged-span.ts'
import type { Objective } from '../objective.ts'
import { spansOf } from '../timeline.ts'
import { reason } from '../../reasons/reasons.ts'
import { meets } from '../../core/limit.ts'
import { serverCourse } from './server-course.ts'
import { type RecordedServer, serverDetails, type ServerRecording } from './server-details.ts'
import { isCounter, serverUnit, serverValue, whyNoValue } from './server-value.ts'

type Context = Pick<MeasureContext, 'timeline' | 'server'>

/**
 * A statistic of a metric that the target exposes, from the scrapes of the judged time. Of several servers each must
 * meet the limit: the worst decides.
 */
export function measureServer(
  objective: Objective<'server'>,
  context: Context,
): Promise<Measurement> {
  const servers = serversOf(context.server, objective)
  if (servers.length === 0) {
    return Promise.resolve({ samples: 0, reason: reason('SERVER_NOT_SCRAPED', {}), sql: '' })
  }
  const measured = servers.map((server) => measureOne(server, objective, context))
  return Promise.resolve({
    ...worst(measured, objective),
    details: serverDetails(servers, objective.indicator),
  })
}

function serversOf(
  recording: ServerRecording | undefined,
  { where: { region } }: Objective<'server'>,
): readonly RecordedServer[] {
  const servers = recording?.servers ?? []
  if (region === undefined) return servers
  const own = servers.filter((server) => server.region === region)
  return own.length > 0 ? own : servers.filter((server) => server.region === undefined)
}

function measureOne(
  server: RecordedServer,
  objective: Objective<'server'>,
  { timeline }: Context,
): Measurement {
  const { indicator, phases } = objective
  const spans = spansOf(timeline, judgedPhases(phases, timeline))
  const course = serverCourse(server, indicator, spans)
  // prom-client calls some of its gauges _total.
  const counts = isCounter(indicator.server) && !server.gauges.includes(indicator.server)
  const value = serverValue(course, indicator.statistic, counts)
  const samples = course.points.length
  const known = value === undefined ? undefined : value * serverUnit(indicator).factor
  const why = whyNoValue(server, indicator, course)
  if (known !== undefined && (!why || isProven(objective, known))) {
    return { samples, value: known, sql: '' }
  }
  const few = reason('TOO_FEW_SCRAPES', { samples, statistic: indicator.statistic })
  return { samples, reason: why ?? few, sql: '' }
}

// Whatever the lost scrapes would have said, the highest value is at least this high.
function isProven({ indicator, limit }: Objective<'server'>, value: number): boolean {
  const { statistic } = indicator
  const isHighest =
    (statistic === 'max' || statistic === 'max-rate') && limit.operator.startsWith('<')
  const isLeast = statistic === 'min' && limit.operator.startsWith('>')
  return (isHighest || isLeast) && !meets(value, limit)
}

// A miss decides, then what is not known, then what is nearest to the limit.
function worst(found: readonly Measurement[], { limit }: Objective<'server'>): Measurement {
  const isUpper = limit.operator.startsWith('<')
  const values = found.filter(({ value }) => value !== undefined)
  const [first] = values.sort((one, other) => {
    const difference = (other.value ?? 0) - (one.value ?? 0)
    return isUpper ? difference : -difference
  })
  const unknown = found.find(({ value }) => value === undefined)
  if (first?.value !== undefined && (!unknown || !meets(first.value, limit))) return first
  return unknown ?? { samples: 0, sql: '' }
}
