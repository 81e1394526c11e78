import type { Kysely as KyselyOf } from 'kysely'
import type { Tables } from '../tables.ts'
import type { MetricsQuery } from './metrics-query.ts'

/** Ids from above `afterId` to `upToId`. Pages are ranges of ids: their cost is bounded by that. */
export interface IdRange {
  afterId: number
  upToId: number
}

/** A row of an export, with its rating as of the export's `up_to_id`. */
export interface MetricRow {
  id: number
  created_at: string
  technique: string
  segment: string
  cost_usd: number
  latency_ms: number
  satisfied: number | null
}

/** A rating with the enhancement that it is for, and the rating that it replaced. */
export interface RatingRow {
  id: number
  created_at: string
  technique: string
  segment: string
  satisfied: number
  replaced: number | null
}

/** Reads enhancements and ratings for the dashboard, a page at a time. */
export class MetricsStore {
  readonly #database: KyselyOf<Tables>

  constructor(database: KyselyOf<Tables>) {
    this.#database = database
  }

  enhancements(range: IdRange): Promise<Omit<MetricRow, 'satisfied'>[]> {
    return this.#rows(range).execute()
  }

  /** Ids must have settled, or the rating replaced could be one that is not yet there. */
  ratings({ afterId, upToId }: IdRange): Promise<RatingRow[]> {
    return this.#database
      .selectFrom('ratings')
      .innerJoin('enhancements', 'enhancements.id', 'ratings.enhancement_id')
      .innerJoin('users', 'users.id', 'enhancements.user_id')
      .select(['ratings.id', 'created_at', 'technique', 'segment', 'satisfied'])
      .select((outer) =>
        outer
          .selectFrom('ratings as earlier')
          .select('earlier.satisfied')
          .whereRef('earlier.enhancement_id', '=', 'ratings.enhancement_id')
          .whereRef('earlier.id', '<', 'ratings.id')
          .orderBy('earlier.id', 'desc')
          .limit(1)
          .as('replaced'),
      )
      .where('ratings.id', '>', afterId)
      .where('ratings.id', '<=', upToId)
      .orderBy('ratings.id')
      .execute()
  }

  /** Rows of a page that match; times are left to `idRange`. `upToId` is that of the export. */
  matching(page: IdRange, { technique, segment, upToId = 0 }: MetricsQuery): Promise<MetricRow[]> {
    let rows = this.#rows(page).select((outer) =>
      outer
        .selectFrom('ratings')
        .select('satisfied')
        .whereRef('enhancement_id', '=', 'enhancements.id')
        .where('ratings.id', '<=', upToId)
        .orderBy('ratings.id', 'desc')
        .limit(1)
        .as('satisfied'),
    )
    if (technique !== undefined) rows = rows.where('technique', '=', technique)
    if (segment !== undefined) rows = rows.where('segment', '=', segment)
    return rows.execute()
  }

  /** The ids of a range of time: times never go down as ids go up, and both have an index. */
  async idRange({ fromMs, toMs, upToId = 0 }: MetricsQuery): Promise<IdRange> {
    const ids = this.#database.selectFrom('enhancements').select('id').limit(1)
    const [first, last] = await Promise.all([
      fromMs === undefined
        ? undefined
        : ids
            .where('created_at', '>=', isoOf(fromMs))
            .orderBy('created_at')
            .orderBy('id')
            .execute(),
      toMs === undefined
        ? undefined
        : ids
            .where('created_at', '<=', isoOf(toMs))
            .orderBy('created_at', 'desc')
            .orderBy('id', 'desc')
            .execute(),
    ])
    return {
      afterId: first === undefined ? 0 : (first[0]?.id ?? Infinity) - 1,
      upToId: last === undefined ? upToId : Math.min(upToId, last[0]?.id ?? 0),
    }
  }

  #rows({ afterId, upToId }: IdRange) {
    return this.#database
      .selectFrom('enhancements')
      .innerJoin('users', 'users.id', 'enhancements.user_id')
      .select(['enhancements.id', 'created_at', 'technique', 'segment', 'cost_usd', 'latency_ms'])
      .where('enhancements.id', '>', afterId)
      .where('enhancements.id', '<=', upToId)
      .orderBy('enhancements.id')
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
