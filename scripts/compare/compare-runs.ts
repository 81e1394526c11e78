import { UNJUDGED_PHASES } from '../../lib/plan.ts'
import { trafficWords } from '../verdict/verdict-file.ts'
import { minimumSamples } from '../indicators/missed-by-few.ts'
import { type ComparedRow, comparedRow } from '../verdict/compared-row.ts'
import type { Figures } from './figures.ts'
import type { Estimate } from '../statistics/percentile-interval.ts'
import type { ObjectiveFigure, RunFigures } from './run-figures.ts'

export interface RunComparison {
  objectives: ComparedRow[]
  endpoints: ComparedRow[]
}

/** Puts two runs side by side. */
export function compareRuns(baseline: RunFigures, candidate: RunFigures): RunComparison {
  return {
    objectives: joined(baseline.objectives, candidate.objectives, ({ id }) => id).map(objectiveRow),
    endpoints: joined(
      baseline.endpoints,
      candidate.endpoints,
      ({ endpoint }) => endpoint ?? `all ${trafficWords(candidate).name.toLowerCase()}s`,
    ).flatMap((both) => endpointRows(both, [baseline, candidate])),
  }
}

interface Both<Item> {
  name: string
  before: Item | undefined
  now: Item | undefined
}

function joined<Item>(
  before: readonly Item[],
  now: readonly Item[],
  nameOf: (item: Item) => string,
): Both<Item>[] {
  const names = [...new Set([...before, ...now].map(nameOf))]
  const find = (items: readonly Item[], name: string) => items.find((item) => nameOf(item) === name)
  return names.map((name) => ({ name, before: find(before, name), now: find(now, name) }))
}

function objectiveRow({ name, before, now }: Both<ObjectiveFigure>): ComparedRow {
  const { indicator = '', unit = 'units', limit = '' } = now ?? before ?? {}
  const better = limit.startsWith('<') ? 'low' : limit.startsWith('>') ? 'high' : 'neither'
  return comparedRow({
    name,
    indicator,
    unit,
    before: measuredOf(before),
    now: measuredOf(now),
    better,
  })
}

function measuredOf(figure: ObjectiveFigure | undefined): Estimate | undefined {
  const { measured, interval } = figure ?? {}
  return measured === undefined ? undefined : { value: measured, ...(interval && { interval }) }
}

function endpointRows(
  { name, before, now }: Both<Figures>,
  [baseline, candidate]: [RunFigures, RunFigures],
): ComparedRow[] {
  const latencies = [50, 95, 99].map((each) =>
    comparedRow({
      name,
      indicator: `p${each}`,
      unit: 'ms',
      before: percentileOf(before, each),
      now: percentileOf(now, each),
      better: 'low',
    }),
  )
  const errors = comparedRow({
    name,
    indicator: 'error-ratio',
    unit: 'ratio',
    before: before?.errorRatio,
    now: now?.errorRatio,
    better: 'low',
  })
  const rate = comparedRow({
    name,
    indicator: 'rate',
    unit: '/s',
    before: rateOf(before, baseline),
    now: rateOf(now, candidate),
    better: 'neither',
  })
  return [...latencies, errors, rate]
}

// With fewer samples it is no more than one of the slowest requests.
function percentileOf(figures: Figures | undefined, percentile: number): Estimate | undefined {
  const isKnown = (figures?.samples ?? 0) >= minimumSamples(percentile)
  return isKnown ? figures?.percentiles[`p${percentile}`] : undefined
}

// As figures.ts counts them: what warms up or ramps down is left out.
function judgedSeconds({ plan }: RunFigures): number {
  return plan.phases
    .filter(({ name }) => !UNJUDGED_PHASES.includes(name))
    .reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0)
}

function rateOf(figures: Figures | undefined, run: RunFigures): Estimate | undefined {
  const seconds = judgedSeconds(run)
  return figures && seconds > 0 ? { value: figures.requests / seconds } : undefined
}
