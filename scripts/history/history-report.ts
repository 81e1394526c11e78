import Table from 'cli-table3'
import { oneLine } from '../core/printable.ts'
import { measureText, nameText } from '../report/objective-text.ts'
import { sparkline } from '../core/plain-table.ts'
import { type ComparableRuns, comparableRuns } from './comparable-runs.ts'
import { dateText, outlierText, usedText } from './trend-text.ts'
import { type ObjectiveTrend, objectiveTrends } from './objective-trend.ts'
import { RUNS_NEEDED } from './outlier.ts'
import { type History, skippedLine } from './read-history.ts'
import type { ObjectiveRecord, RunRecord } from './run-record.ts'

/** Objectives with a column in the table of runs: what fits on a screen. */
const MAIN_MAX = 3

/** Groups of comparable runs whose trends are shown. */
const GROUPS_MAX = 5

/** Bars of a sparkline. */
const BARS_MAX = 30

/** The runs and the trends of their objectives, for a terminal. */
export function renderHistory(history: History): string {
  const { runs } = history
  const skipped = skippedLine(history)
  const groups = comparableRuns(runs).filter((group) => group.runs.length > 1)
  const left = groups.length - GROUPS_MAX
  return [
    runTable(runs),
    ...groups.slice(0, GROUPS_MAX).flatMap((group) => ['', ...groupLines(group)]),
    ...(left > 0
      ? ['', `${left} more groups of comparable runs: name a scenario, or use --html`]
      : []),
    ...(skipped === undefined ? [] : ['', skipped]),
  ].join('\n')
}

function runTable(runs: readonly RunRecord[]): string {
  const main = mainObjectives(runs)
  const table = plainTable(['Started (UTC)', 'Run', 'Verdict', ...main])
  for (const { startedAtMs, id, verdict, objectives } of runs) {
    const values = main.map((name) => {
      const row = objectives.find((each) => each.id === name)
      return row ? measureText(row.measured, row.unit) : '-'
    })
    table.push([dateText(startedAtMs), oneLine(id), verdict, ...values])
  }
  return table.toString()
}

function mainObjectives(runs: readonly RunRecord[]): string[] {
  const isMain = ({ level, measured }: ObjectiveRecord): boolean =>
    level === 'required' && measured !== undefined
  const newest = [...runs].reverse().find(({ objectives }) => objectives.some(isMain))
  return (newest?.objectives ?? [])
    .filter(isMain)
    .map(({ id }) => id)
    .slice(0, MAIN_MAX)
}

function groupLines({ scenario, workload, setup, runs }: ComparableRuns): string[] {
  const trends = objectiveTrends(runs)
  const few = `with fewer than ${RUNS_NEEDED} runs none can be out of line`
  return [
    oneLine(`${scenario} on ${workload}, ${setup}: ${runs.length} comparable runs`),
    ...(runs.length < RUNS_NEEDED ? [`  ${few}`] : []),
    trendTable(trends),
    ...trends.flatMap((trend) => outlierText(trend) ?? []).map((text) => `  ${oneLine(text)}`),
  ]
}

function trendTable(trends: readonly ObjectiveTrend[]): string {
  const head = ['Objective', 'Trend', 'Latest', 'Median of 10', 'Limit', 'Used']
  const table = plainTable(head)
  for (const trend of trends) {
    const { objective, points, usedRatios, latest, usual } = trend
    const values = usedRatios.length > 0 ? usedRatios : points.map(({ value }) => value)
    table.push([
      oneLine(nameText(objective)),
      sparkline(values.slice(-BARS_MAX)),
      measureText(latest, objective.unit),
      measureText(usual.median, objective.unit),
      oneLine(`${objective.indicator} ${objective.limit}`),
      usedText(trend),
    ])
  }
  return table.toString()
}

function plainTable(head: string[]): Table.Table {
  const sides = ['top', 'bottom', 'left', 'right', 'mid']
  const borders = sides.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
  return new Table({
    head: head.map(oneLine),
    chars: { ...Object.fromEntries(borders.map((border) => [border, ''])), middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
}
