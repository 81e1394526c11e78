import type { Unit } from '../../core/limit.ts'
import type { ServerDetails, ServerLine } from '../../indicators/from-server/server-details.ts'
import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import type { TimelineSeries } from '../../verdict/tables/timeline-series.ts'
import { elapsed, roughly } from './format-text.ts'
import type { Panel } from './panels.ts'
import { alongSteps, type Steps } from './along-steps.ts'

type Drawn = ObjectiveResult & { details: ServerDetails }

const TONES = ['one', 'two', 'three'] as const

/** A chart for each metric of the target that an objective judges, with the limits of all that do. */
export function serverPanels(
  objectives: readonly ObjectiveResult[],
  timeline: Pick<TimelineSeries, 'startMs' | 'step' | 'stepSeconds'>,
): Panel[] {
  const panels = new Map<string, Drawn[]>()
  for (const row of objectives.filter(isDrawn)) {
    const key = `${row.details.drawn} ${row.unit}`
    panels.set(key, [...(panels.get(key) ?? []), row])
  }
  return [...panels.values()].map((rows, index) => panelOf(rows, timeline, index))
}

function isDrawn(row: ObjectiveResult): row is Drawn {
  const { kind, drawn, servers } = (row.details ?? {}) as Partial<ServerDetails>
  if (kind !== 'server' || typeof drawn !== 'string' || !Array.isArray(servers)) return false
  const lines = servers as Partial<ServerLine>[]
  const isSound = lines.every(({ atMs, values }) => isNumbers(atMs) && isNumbers(values))
  return isSound && lines.some(({ atMs = [] }) => atMs.length > 0)
}

// A verdict.json may come from anywhere, with anything in its details.
function isNumbers(list: unknown): boolean {
  return Array.isArray(list) && list.every((each) => typeof each === 'number')
}

function panelOf(rows: readonly Drawn[], steps: Steps, index: number): Panel {
  const [{ details, unit }] = rows as [Drawn]
  const servers = details.servers.slice(0, TONES.length)
  return {
    id: `server-${index + 1}`,
    title: `Target: ${details.drawn}`,
    unit,
    lines: servers.map((server, place) => ({
      label: server.region ?? (servers.length > 1 ? server.url : 'target'),
      tone: TONES[place] ?? 'three',
      values: alongSteps(server, steps),
    })),
    limits: rows.map(({ id, limit, bound, details: { base = 0 } }) => {
      return { label: `${id} ${limit}`, value: base + bound }
    }),
    summary: servers.map((server) => summaryOf(server, unit, steps)).join(' '),
  }
}

function summaryOf({ region, atMs, values }: ServerLine, unit: Unit, { startMs }: Steps): string {
  const text = (value: number | undefined): string => roughly(value ?? 0, unit)
  const most = values.reduce((high, each) => Math.max(high, each), -Infinity)
  const at = (atMs[values.indexOf(most)] ?? startMs) - startMs
  const where = region === undefined ? '' : `${region}: `
  if (values.length === 0) return `${where}No value.`
  const when = elapsed(Math.max(0, at / 1_000))
  return `${where}From ${text(values[0])} to ${text(values.at(-1))}, highest ${text(most)} at ${when}.`
}
