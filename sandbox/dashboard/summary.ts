import { usdOfUnits } from '../price.ts'
import { SEGMENTS, type Segment } from '../seed-users.ts'
import { TECHNIQUES, type Technique } from '../technique-rules.ts'
import { cellsOf } from './cells.ts'
import type { EntryBlock } from './entry-log.ts'
import { LongWork } from './event-loop.ts'
import { Matches, type WholeQuery } from './matches.ts'
import { percentile } from './percentile.ts'

/** The prompts of one technique or one segment. */
export interface Share {
  prompts: number
  cost_usd: number
  p95_ms: number
}

/** The body of a summary. Percentiles are by nearest rank, and null without prompts. */
export interface Summary {
  from: string
  to: string
  up_to_id: number
  prompts: number
  cost_usd: number
  latency: { p50_ms: number | null; p95_ms: number | null; p99_ms: number | null }
  /** The satisfied of the rated, each by its latest rating; null when none is rated. */
  satisfaction: number | null
  /** Those with prompts, as are the segments. */
  by_technique: ({ technique: Technique } & Share)[]
  by_segment: ({ segment: Segment } & Share)[]
}

const PERCENTILES = [
  ['p50_ms', 0.5],
  ['p95_ms', 0.95],
  ['p99_ms', 0.99],
] as const

/** Sums up what a query matches, in turns of the event loop of a few milliseconds. */
export async function summarize(
  blocks: readonly EntryBlock[],
  query: WholeQuery,
): Promise<Summary> {
  const work = new LongWork()
  const matches = await matchesOf(blocks, query, work)
  const { prompts, costUnits, latenciesMs } = matches.group(cellsOf({}))
  const latency: Summary['latency'] = { p50_ms: null, p95_ms: null, p99_ms: null }
  for (const [name, share] of PERCENTILES) {
    await work.breathe()
    latency[name] = percentile(latenciesMs, share)
  }
  const byTechnique = []
  for (const technique of TECHNIQUES) {
    await work.breathe()
    byTechnique.push(...shareOf({ technique }, matches))
  }
  const bySegment = []
  for (const segment of SEGMENTS) {
    await work.breathe()
    bySegment.push(...shareOf({ segment }, matches))
  }
  return {
    from: new Date(query.fromMs).toISOString(),
    to: new Date(query.toMs).toISOString(),
    up_to_id: query.upToId,
    prompts,
    cost_usd: usdOfUnits(costUnits),
    latency,
    satisfaction: matches.rated === 0 ? null : round4(matches.satisfied / matches.rated),
    by_technique: byTechnique,
    by_segment: bySegment,
  }
}

async function matchesOf(
  blocks: readonly EntryBlock[],
  query: WholeQuery,
  work: LongWork,
): Promise<Matches> {
  const inRange = blocks.filter(({ newestMs }) => newestMs >= query.fromMs)
  const entries = inRange.reduce((sum, { length }) => sum + length, 0)
  const matches = new Matches(query, entries)
  for (const block of inRange) {
    matches.add(block)
    await work.breathe()
  }
  return matches
}

/** None for a technique or a segment without prompts. */
function shareOf<Name extends { technique: Technique } | { segment: Segment }>(
  name: Name,
  matches: Matches,
): (Name & Share)[] {
  const { prompts, costUnits, latenciesMs } = matches.group(cellsOf(name))
  const p95 = percentile(latenciesMs, 0.95)
  if (p95 === null) return []
  return [{ ...name, prompts, cost_usd: usdOfUnits(costUnits), p95_ms: p95 }]
}

function round4(share: number): number {
  return Math.round(share * 10_000) / 10_000
}
