import type { RunSeries } from '../../verdict/tables/run-series.ts'
import type { VerdictFile } from '../../verdict/verdict-file.ts'

type Run = VerdictFile['run']
type AlwaysThere = 'id' | 'scenario' | 'workload' | 'startedAt' | 'target' | 'settings'

/** A verdict file as old as may be: of what came later, each part may be missing. */
export type ReportFile = Omit<VerdictFile, 'series' | 'run' | 'diagnosis' | 'causes'> & {
  series?: RunSeries
  run: Pick<Run, AlwaysThere> & Partial<Run>
  diagnosis?: VerdictFile['diagnosis']
  causes?: VerdictFile['causes']
}

/** A phase on the clock of the charts. */
export interface PhaseSpan {
  name: string
  /** Seconds since the start of the load. */
  from: number
  to: number
  /** Whether objectives judge it by default. */
  isJudged: boolean
}

/** The phases on the clock of the charts; those that no objective judges are marked. */
export function phaseSpans({ run, series, objectives }: ReportFile): PhaseSpan[] {
  const { phases = [] } = run
  const [first] = phases
  if (!first) return []
  const startMs = series?.timeline.startMs ?? Date.parse(first.startedAt)
  const judged = new Set(objectives.flatMap((row) => row.phases?.judged ?? []))
  return phases.map(({ name, startedAt, endedAt }) => ({
    name,
    from: (Date.parse(startedAt) - startMs) / 1_000,
    to: (Date.parse(endedAt) - startMs) / 1_000,
    isJudged: judged.size === 0 || judged.has(name),
  }))
}
