import { formatMissed } from '../core/format-measure.ts'
import { meets } from '../core/limit.ts'
import type { Indicator } from '../indicators/indicator.ts'
import type { Objective } from '../indicators/objective.ts'
import { serverCourse } from '../indicators/from-server/server-course.ts'
import type { ServerScrape } from '../indicators/from-server/server-details.ts'
import {
  RATE_WINDOW_SECONDS,
  serverUnit,
  serverValue,
} from '../indicators/from-server/server-value.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { AlertLine } from './server-file.ts'

/** A required objective that is missed is critical, an advisory one a warning. */
const SEVERITIES = { required: 'critical', advisory: 'warning' } as const

/** What a moment can miss: a mean is known at the end only. */
const MOMENTARY: readonly string[] = ['max', 'min', 'last', 'growth', 'max-rate']

/** So many are kept of a run, however often a value crosses its limit. */
const ALERTS_MAX = 200

/** Gets each look at a server during the load, in order of time; gives what that look has missed and none before it. */
export type AlertWatch = (server: number, scrape: ServerScrape) => AlertLine[]

/**
 * Watches the limits on metrics of targets while the run goes on.
 *
 * @param say gets a line for the first miss of each objective
 */
export function serverAlerts(
  objectives: readonly CompiledObjective[],
  say: (line: string) => void,
): AlertWatch {
  const watched = objectives.flatMap(({ id, objective, absence }) => {
    const { indicator } = objective
    const isMomentary =
      indicator.kind === 'server' &&
      MOMENTARY.includes(indicator.statistic) &&
      indicator.when !== 'idle'
    if (!isMomentary || absence !== undefined) return []
    const ofServer = { ...objective, indicator } as Objective<'server'>
    return [{ id, objective: ofServer, states: new Map<number, State>() }]
  })
  const told = new Set<string>()
  let alerts = 0
  return (server, scrape) => {
    if (scrape.when === 'idle' || 'error' in scrape) return []
    return watched.flatMap(({ id, objective, states }) => {
      const state = states.get(server) ?? { looks: [], isMissed: false }
      states.set(server, state)
      state.looks = looksWith(state.looks, scrape, objective.indicator)
      const value = momentary(state.looks, objective.indicator)
      const wasMissed = state.isMissed
      state.isMissed = value !== undefined && !meets(value, objective.limit)
      if (value === undefined || !state.isMissed || wasMissed || alerts >= ALERTS_MAX) return []
      alerts += 1
      const line = alertOf(id, objective, { server, atMs: scrape.atMs, value })
      const { severity, text } = line.alert
      if (!told.has(id)) say(`! ${severity}: ${id} is ${text}`)
      told.add(id)
      return [line]
    })
  }
}

interface State {
  looks: ServerScrape[]
  isMissed: boolean
}

// A growth needs the first look, a rate those of its window, and any other value the last one.
function looksWith(
  looks: readonly ServerScrape[],
  scrape: ServerScrape,
  { statistic }: Indicator<'server'>,
): ServerScrape[] {
  if (statistic === 'growth') return [looks[0] ?? scrape, scrape]
  if (statistic !== 'max-rate') return [scrape]
  const fromMs = scrape.atMs - (RATE_WINDOW_SECONDS + 1) * 1_000
  return [...looks.filter(({ atMs }) => atMs >= fromMs), scrape]
}

const ALWAYS = [{ startUs: 0, endUs: Infinity }]

function momentary(
  looks: readonly ServerScrape[],
  indicator: Indicator<'server'>,
): number | undefined {
  const { statistic } = indicator
  const course = serverCourse({ scrapes: looks }, indicator, ALWAYS)
  const seconds = ((looks.at(-1)?.atMs ?? 0) - (looks[0]?.atMs ?? 0)) / 1_000
  // A shorter stretch than the one that is judged would cry too early.
  if (statistic === 'max-rate' && seconds < RATE_WINDOW_SECONDS - 0.1) return undefined
  const value = serverValue(course, statistic, false)
  return value === undefined ? undefined : value * serverUnit(indicator).factor
}

function alertOf(
  id: string,
  { level, limit }: Objective<'server'>,
  { server, atMs, value }: { server: number; atMs: number; value: number },
): AlertLine {
  const text = `${formatMissed(value, limit)}, expected ${limit.text}`
  return { server, atMs, alert: { id, severity: SEVERITIES[level], value, text } }
}
