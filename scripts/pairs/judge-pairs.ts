import { minimumSamples } from '../indicators/missed-by-few.ts'
import { type Reason, reason } from '../reasons/reasons.ts'
import { median } from '../statistics/quantile.ts'
import type { ComparisonMetric } from './comparison-metric.ts'
import { type DifferenceScale, formatDifference, onScale } from '../statistics/difference-scale.ts'
import { sortPairs } from './excluded-pairs.ts'
import { type ComparisonVerdict, judgeDifferences, pairsNeeded } from './judge-differences.ts'
import { differenceOfPair } from './pair-difference.ts'
import type { GateResult, PairResult, PairsVerdict } from './pair-result.ts'

export interface PairsSettings {
  gates: readonly ComparisonMetric[]
  /** A difference up to this does not matter: 0.02 is 2 %. */
  margin: number
  /** What a difference has to be proven to stay within, as the margin; nothing where it is missing. */
  atMost?: number | undefined
  confidence: number
  /** Why there are fewer pairs than planned, where the target may be the reason. */
  failure?: Reason | undefined
}

/** Worst first, and IMPROVED before what did not change. */
const ORDER: readonly ComparisonVerdict[] = [
  'REGRESSION',
  'NO_DATA',
  'NOT_PROVEN',
  'IMPROVED',
  'NO_DIFFERENCE',
]

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
  const rest = { gates, endpoints, excluded }
  if (kept.length === 0) {
    return { verdict: 'INVALID', ...rest, reasons: [reason('NO_PAIR_LEFT', {}), ...doubts] }
  }
  const worst = ORDER.find((verdict) => gates.some((gate) => gate.verdict === verdict))
  const verdict = worst ?? 'NO_DATA'
  const isKnown = verdict === 'REGRESSION' || doubts.length === 0
  const reasons = [...gates.flatMap((gate) => gate.reason ?? []), ...doubts]
  return { verdict: isKnown ? verdict : 'NO_DATA', ...rest, reasons }
}

/** One metric over all pairs that have it; of one endpoint, or of all together. */
function judgeMetric(
  metric: ComparisonMetric,
  pairs: readonly PairResult[],
  settings: PairsSettings & { endpoint?: string },
): GateResult {
  const { margin, atMost, confidence, endpoint } = settings
  const found = pairs.map((pair) => differenceOfPair(metric, pair, endpoint))
  const scale: DifferenceScale = metric.kind === 'latency' ? 'ratio' : 'points'
  const differences = found.flatMap(({ difference }) => difference ?? [])
  const judged = judgeDifferences(differences, {
    margin: onScale(scale, margin),
    atMost: atMost === undefined ? undefined : onScale(scale, atMost),
    confidence,
  })
  const baseline = middle(found.map((each) => each.baseline))
  const candidate = middle(found.map((each) => each.candidate))
  const missing = pairs.length - differences.length
  // A side without a value in some pairs is a side that is not known.
  const verdict = missing > 0 && judged.verdict !== 'REGRESSION' ? 'NO_DATA' : judged.verdict
  const gate: GateResult = {
    metric: metric.name,
    scale,
    ...judged,
    verdict,
    ...(baseline !== undefined && { baseline }),
    ...(candidate !== undefined && { candidate }),
  }
  if (endpoint !== undefined) return gate
  const why =
    missing > 0
      ? reason('PAIRS_LACK_METRIC', { metric: metric.name, missing, pairs: pairs.length })
      : (openReason(gate, settings) ?? thinReason(metric, pairs))
  return { ...gate, ...(why && { reason: why }) }
}

function openReason(
  { metric, scale, verdict, pairs, interval }: GateResult,
  { atMost, confidence }: PairsSettings,
): Reason | undefined {
  if (verdict === 'NO_DATA') {
    return reason('TOO_FEW_PAIRS', { metric, pairs, needed: pairsNeeded(confidence) })
  }
  if (verdict !== 'NOT_PROVEN' || !interval || atMost === undefined) return undefined
  return reason('BOUND_NOT_PROVEN', {
    metric,
    found: formatDifference(scale, interval.high),
    wanted: formatDifference(scale, onScale(scale, atMost)),
  })
}

// No reason to leave a run out: a slow one of a closed model has few samples because it is slow.
function thinReason(metric: ComparisonMetric, pairs: readonly PairResult[]): Reason | undefined {
  const needed = samplesFor(metric)
  const samples = fewestSamples(pairs)
  return samples < needed
    ? reason('FEW_SAMPLES_IN_A_RUN', { metric: metric.name, samples, needed })
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
