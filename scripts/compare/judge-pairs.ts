import { minimumSamples } from '../sla/minimum-samples.ts'
import { median } from '../verdict/statistics/quantile.ts'
import type { ComparisonMetric } from './comparison-metric.ts'
import { toleranceOf } from './difference-scale.ts'
import { sortPairs } from './excluded-pairs.ts'
import { type ComparisonVerdict, judgeDifferences } from './judge-differences.ts'
import { differenceOfPair } from './pair-difference.ts'
import type { GateResult, PairResult, PairsVerdict } from './pair-result.ts'

export interface PairsSettings {
  gates: readonly ComparisonMetric[]
  /** A difference up to this does not matter: 0.02 is 2 %. */
  margin: number
  confidence: number
  /** Why there are fewer pairs than planned, where the target may be the reason. */
  failure?: string | undefined
}

/** Worst first. INCONCLUSIVE is worse than IMPROVED: what one gate has won, another may have lost. */
const ORDER: readonly ComparisonVerdict[] = ['REGRESSION', 'INCONCLUSIVE', 'IMPROVED', 'EQUIVALENT']

/** Judges the pairs that count by each gate, and takes the worst. */
export function judgePairs(pairs: readonly PairResult[], settings: PairsSettings): PairsVerdict {
  const { kept, excluded, lopsided } = sortPairs(pairs)
  const gates = settings.gates.map((gate) => judgeMetric(gate, kept, settings))
  const endpoints = endpointNames(kept).flatMap((endpoint) =>
    settings.gates
      .filter((gate) => fewestSamples(kept, endpoint) >= samplesFor(gate))
      .map((gate) => ({ endpoint, ...judgeMetric(gate, kept, { ...settings, endpoint }) })),
  )
  const doubts = [lopsided, settings.failure].filter((doubt) => doubt !== undefined)
  const reasons = [...gates.flatMap(gateReasons), ...doubts]
  const rest = { gates, endpoints, excluded, reasons }
  if (kept.length === 0) {
    return { verdict: 'INVALID', ...rest, reasons: ['no pair is left to compare', ...reasons] }
  }
  const worst = ORDER.find((verdict) => gates.some((gate) => gate.verdict === verdict))
  const verdict = worst ?? 'INCONCLUSIVE'
  const isProven = verdict === 'REGRESSION' || doubts.length === 0
  return { verdict: isProven ? verdict : 'INCONCLUSIVE', ...rest }
}

/** One metric over all pairs that have it; of one endpoint, or of all together. */
function judgeMetric(
  metric: ComparisonMetric,
  pairs: readonly PairResult[],
  { margin, confidence, endpoint }: PairsSettings & { endpoint?: string },
): GateResult {
  const found = pairs.map((pair) => differenceOfPair(metric, pair, endpoint))
  const scale = metric.kind === 'latency' ? 'ratio' : 'points'
  const differences = found.flatMap(({ difference }) => difference ?? [])
  const judged = judgeDifferences(differences, { ...toleranceOf(scale, margin), confidence })
  const baseline = middle(found.map((each) => each.baseline))
  const candidate = middle(found.map((each) => each.candidate))
  const missing = pairs.length - differences.length
  const reason =
    missing > 0 ? `no value in ${missing} of ${pairs.length} pairs` : thinReason(metric, pairs)
  return {
    metric: metric.name,
    scale,
    ...judged,
    // A side without a value in some pairs is a side that is not known.
    verdict: missing > 0 && judged.verdict !== 'REGRESSION' ? 'INCONCLUSIVE' : judged.verdict,
    ...(baseline !== undefined && { baseline }),
    ...(candidate !== undefined && { candidate }),
    ...(reason !== undefined && endpoint === undefined && { reason }),
  }
}

// No reason to leave a run out: a slow one of a closed model has few samples because it is slow.
function thinReason(metric: ComparisonMetric, pairs: readonly PairResult[]): string | undefined {
  const needed = samplesFor(metric)
  const fewest = fewestSamples(pairs)
  return fewest < needed
    ? `a run had only ${fewest} samples, ${needed} are usual; longer runs tell more`
    : undefined
}

function samplesFor(metric: ComparisonMetric): number {
  return metric.kind === 'latency' ? minimumSamples(metric.percentile) : 0
}

function fewestSamples(pairs: readonly PairResult[], endpoint?: string): number {
  const samples = pairs.flatMap(({ baseline, candidate }) =>
    [baseline, candidate].map(
      ({ figures }) => figures.find((each) => each.endpoint === endpoint)?.samples ?? 0,
    ),
  )
  return Math.min(...samples)
}

function gateReasons({ metric, verdict, morePairs, reason }: GateResult): string[] {
  const more =
    verdict === 'INCONCLUSIVE' && morePairs !== undefined
      ? [`${metric}: about ${count(morePairs)} would tell`]
      : []
  return [...more, ...(reason === undefined ? [] : [`${metric}: ${reason}`])]
}

function count(pairs: number): string {
  return `${pairs.toLocaleString('en-US')} more ${pairs === 1 ? 'pair' : 'pairs'}`
}

function endpointNames(pairs: readonly PairResult[]): string[] {
  const all = pairs.flatMap(({ baseline, candidate }) => [
    ...baseline.figures,
    ...candidate.figures,
  ])
  return [...new Set(all.flatMap(({ endpoint }) => endpoint ?? []))].sort()
}

function middle(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : median(known)
}
