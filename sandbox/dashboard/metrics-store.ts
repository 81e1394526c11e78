import type { PooledSqlite } from '../pooled-sqlite.ts'
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
  readonly #database: PooledSqlite
  readonly #queries: ReturnType<typeof queriesOf>

  constructor(database: PooledSqlite) {
    this.#database = database
    this.#queries = queriesOf(database)
  }

  enhancements({ afterId, upToId }: IdRange): Promise<Omit<MetricRow, 'satisfied'>[]> {
    return this.#database.all(this.#queries.enhancements, afterId, upToId)
  }

  /** Ids must have settled, or the rating replaced could be one that is not yet there. */
  ratings({ afterId, upToId }: IdRange): Promise<RatingRow[]> {
    return this.#database.all(this.#queries.ratings, afterId, upToId)
  }

  /** Rows of a page that match; times are left to `idRange`. `upToId` is that of the export. */
  matching(page: IdRange, query: MetricsQuery): Promise<MetricRow[]> {
    const { technique = null, segment = null, upToId = 0 } = query
    const { matching } = this.#queries
    return this.#database.all(matching, upToId, page.afterId, page.upToId, technique, segment)
  }

  /** The ids of a range of time: times never go down as ids go up. */
  async idRange({ fromMs, toMs, upToId = 0 }: MetricsQuery): Promise<IdRange> {
    const [afterId, lastId] = await Promise.all([
      fromMs === undefined ? 0 : this.#lastIdUpTo(fromMs - 1),
      toMs === undefined ? upToId : this.#lastIdUpTo(toMs),
    ])
    return { afterId, upToId: Math.min(upToId, lastId) }
  }

  async #lastIdUpTo(ms: number): Promise<number> {
    const time = new Date(ms).toISOString()
    const [found] = await this.#database.all<{ id: number }>(this.#queries.lastIdUpTo, time)
    return found?.id ?? 0
  }
}

const COLUMNS = 'enhancements.id, created_at, technique, segment, cost_usd, latency_ms'
const WITH_USERS = 'enhancements JOIN users ON users.id = enhancements.user_id'
const OF_PAGE = 'enhancements.id > ? AND enhancements.id <= ?'

function queriesOf(database: PooledSqlite) {
  return {
    enhancements: database.prepare(
      `SELECT ${COLUMNS} FROM ${WITH_USERS} WHERE ${OF_PAGE} ORDER BY enhancements.id`,
    ),
    ratings: database.prepare(
      `SELECT ratings.id, created_at, technique, segment, satisfied,
         (SELECT earlier.satisfied FROM ratings AS earlier
          WHERE earlier.enhancement_id = ratings.enhancement_id AND earlier.id < ratings.id
          ORDER BY earlier.id DESC LIMIT 1) AS replaced
       FROM ratings JOIN enhancements ON enhancements.id = ratings.enhancement_id
         JOIN users ON users.id = enhancements.user_id
       WHERE ratings.id > ? AND ratings.id <= ? ORDER BY ratings.id`,
    ),
    matching: database.prepare(
      `SELECT ${COLUMNS},
         (SELECT satisfied FROM ratings WHERE enhancement_id = enhancements.id AND ratings.id <= ?
          ORDER BY ratings.id DESC LIMIT 1) AS satisfied
       FROM ${WITH_USERS}
       WHERE ${OF_PAGE} AND technique = coalesce(?, technique) AND segment = coalesce(?, segment)
       ORDER BY enhancements.id`,
    ),
    // A search in halving steps, beyond the newest id if no time is later. An index on the times would take
    // a fifth of the CPU of each INSERT (2 of 9 µs).
    lastIdUpTo: database.prepare(
      `WITH RECURSIVE search (found, step) AS (
         SELECT 0, 1 << 40
         UNION ALL
         SELECT iif(coalesce((
           SELECT created_at FROM enhancements WHERE id <= found + step ORDER BY id DESC LIMIT 1
         ) <= ?, true), found + step, found), step / 2
         FROM search WHERE step > 0
       )
       SELECT max(found) AS id FROM search`,
    ),
  }
}
