import { literal, type SampleDatabase } from '../../samples/sample-database.ts'
import { type Course, groupsOf, type Steps } from './course.ts'
import type { Span } from '../../indicators/timeline.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'
import type { Where } from './where.ts'

/** Some of a subject's rows: of some time, and of some place. */
export interface Part {
  startUs: number
  course: Course
  /** All of the judged time when missing. */
  steps: Steps | undefined
  where: Where
}

const US = 1_000_000

/** SQL that is true within some steps. */
export function insideSql(at: string, { startUs, course, steps }: Omit<Part, 'where'>): string {
  if (!steps) return 'true'
  const spans = groupsOf(steps).map(([first, last]) => {
    const from = startUs + (course.steps[first]?.at ?? 0) * US
    const to = startUs + ((course.steps[last]?.at ?? 0) + course.stepSeconds) * US
    return `(${at} >= ${from} AND ${at} < ${to})`
  })
  return spans.length > 0 ? `(${spans.join(' OR ')})` : 'false'
}

function placeSql({ names, regions }: Where, name: string): string {
  const isOne = (column: string, values: readonly string[]): string[] =>
    values.length > 0 ? [`coalesce(${column}, '') IN (${values.map(literal).join(', ')})`] : []
  return [...isOne(name, names), ...isOne('"region"', regions)].join(' AND ') || 'true'
}

/** The objective's number without a part of its rows; undefined where nothing would be left. */
export async function measureWithout(
  database: SampleDatabase,
  subject: Subject,
  part: Part,
): Promise<number | undefined> {
  const { measure, condition, table, at } = subject
  const isAll = !part.steps && part.where.names.length + part.where.regions.length === 0
  if (measure === undefined || isAll) return undefined
  const inPart = `${insideSql(at, part)} AND ${placeSql(part.where, subject.name)}`
  const [row] = await database.rows<{ value: number | null }>(
    `SELECT ${measure} AS value FROM ${table} WHERE ${condition} AND NOT (${inPart})`,
  )
  return row?.value ?? undefined
}

/** How often bad rows ended in one way, most often first. */
export interface Outcome {
  failed: boolean
  /** `0` for no answer; empty where the samples have none. */
  status: string
  /** k6's number for the kind of error. */
  errorCode: number
  /** The script's word for it; empty where there is none. */
  reason: string
  rows: number
}

/** Reads how the bad rows of a part ended. */
export async function readOutcomes(
  database: SampleDatabase,
  subject: Subject,
  { part, columns }: { part: Part; columns: readonly string[] },
): Promise<Outcome[]> {
  const column = (name: string): string =>
    columns.includes(name) ? `coalesce(CAST("${name}" AS VARCHAR), '')` : "''"
  const failed = subject.table === 'samples' ? 'false' : 'failed'
  return database.rows<Outcome>(`SELECT ${failed} AS failed, ${column('status')} AS status,
  coalesce(TRY_CAST(${column('error_code')} AS INTEGER), 0) AS "errorCode", '' AS reason, count(*) AS rows
FROM ${subject.table} WHERE ${subject.condition} AND ${subject.bad} AND ${insideSql(subject.at, part)}
  AND ${placeSql(part.where, subject.name)} GROUP BY 1, 2, 3 ORDER BY 4 DESC`)
}

/** Reads why operations of a part failed, as their script says: they have no status. */
export async function readRejections(
  database: SampleDatabase,
  subject: Subject,
  part: Part,
): Promise<Outcome[]> {
  return database.rows<Outcome>(`SELECT true AS failed, '' AS status, 0 AS "errorCode",
  coalesce(reason, '') AS reason, CAST(sum(value) AS BIGINT) AS rows
FROM samples WHERE metric = 'answers_rejected' AND ${judgedSql(subject.selection)}
  AND ${placeSql(part.where, 'operation')} AND ${insideSql('at_us', part)} GROUP BY 4 ORDER BY 5 DESC`)
}

// Samples that an objective looks at, whatever its own metric is.
function judgedSql({ spans, tags }: Subject['selection']): string {
  const times = spans.map(({ startUs, endUs }) => `(at_us >= ${startUs} AND at_us < ${endUs})`)
  return `(${times.join(' OR ') || 'false'}) AND ${tags}`
}

/** Means over requests, milliseconds. */
export interface Portions {
  /** Before it was sent; holds the next two, and no latency holds it. */
  blocked: number
  connecting: number
  tls: number
  receiving: number
  duration: number
}

const PORTIONS: Record<keyof Portions, string> = {
  blocked: 'http_req_blocked',
  connecting: 'http_req_connecting',
  tls: 'http_req_tls_handshaking',
  receiving: 'http_req_receiving',
  duration: 'http_req_duration',
}

/** Reads where the time of the requests of a part went. k6 stamps all of it at the end of a request. */
export async function readPortions(
  database: SampleDatabase,
  subject: Subject,
  part: Part,
): Promise<Portions> {
  const means = Object.entries(PORTIONS).map(([field, metric]) => {
    return `coalesce(avg(value) FILTER (metric = '${metric}'), 0) AS "${field}"`
  })
  const metrics = Object.values(PORTIONS).map((metric) => `'${metric}'`)
  const place = subject.noun === 'endpoint' ? placeSql(part.where, 'name') : 'true'
  const [row] = await database.rows<Portions>(`SELECT ${means.join(', ')} FROM samples
WHERE metric IN (${metrics.join(', ')}) AND ${judgedSql(subject.selection)}
  AND ${place} AND ${insideSql('at_us', part)}`)
  return row ?? { blocked: 0, connecting: 0, tls: 0, receiving: 0, duration: 0 }
}

/** What k6 records of itself: when it looked at its users, and the seconds in which it dropped iterations. */
export async function readLoad(
  database: SampleDatabase,
  startUs: number,
): Promise<{ userLooksUs: number[]; droppedSeconds: number[]; dropped: number }> {
  const rows = await database.rows<{ metric: string; at: number; value: number }>(`SELECT metric,
  CASE WHEN metric = 'vus' THEN at_us ELSE CAST(floor((at_us - ${startUs}) / 1e6) AS BIGINT) END AS at,
  sum(value) AS value FROM samples WHERE metric IN ('vus', 'dropped_iterations') GROUP BY 1, 2 ORDER BY 2`)
  const dropped = rows.filter(({ metric, value }) => metric !== 'vus' && value > 0)
  return {
    userLooksUs: rows.filter(({ metric }) => metric === 'vus').map(({ at }) => at),
    droppedSeconds: dropped.map(({ at }) => at),
    dropped: dropped.reduce((sum, { value }) => sum + value, 0),
  }
}

/** Rows of a step that no silence may be measured by. */
const BUCKET_SECONDS = 0.1

/** Of the expected answers: chance gives such a gap once in a million seconds. */
const EXPECTED_MIN = 14

const SILENCE_SECONDS_MIN = 1

const AROUND_SECONDS = 10

/**
 * Stretches without any answer, which chance does not give at the rate of the seconds around them. Not
 * the requests that begin: in the open model those go on while the target stands still.
 */
export async function readSilences(
  database: SampleDatabase,
  spans: readonly Span[],
): Promise<Span[]> {
  const size = BUCKET_SECONDS * US
  const rows = await database.rows<{ bucket: number; rows: number }>(`SELECT
  CAST(floor((at_us + duration_ms * 1000) / ${size}) AS BIGINT) AS bucket, count(*) AS rows
FROM traffic GROUP BY 1 ORDER BY 1`)
  return rows.flatMap(({ bucket }, index) => {
    const before = rows[index - 1]?.bucket ?? bucket
    const seconds = (bucket - before - 1) * BUCKET_SECONDS
    const span = { startUs: (before + 1) * size, endUs: bucket * size }
    const isJudged = spans.some(
      ({ startUs, endUs }) => span.startUs < endUs && span.endUs > startUs,
    )
    if (seconds < SILENCE_SECONDS_MIN || !isJudged) return []
    const around = AROUND_SECONDS / BUCKET_SECONDS
    const near = rows.filter(
      (row) => Math.abs(row.bucket - (row.bucket < bucket ? before : bucket)) < around,
    )
    const counts = near.map((row) => row.rows).sort((one, other) => one - other)
    const answered = near.length / (2 * around)
    const perSecond = ((counts[Math.floor(counts.length / 2)] ?? 0) * answered) / BUCKET_SECONDS
    return perSecond * seconds >= EXPECTED_MIN ? [span] : []
  })
}

/** Spans that touch become one, in order of time. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of [...spans].sort((one, other) => one.startUs - other.startUs)) {
    const last = joined.at(-1)
    if (last && span.startUs <= last.endUs) last.endUs = Math.max(last.endUs, span.endUs)
    else joined.push({ ...span })
  }
  return joined
}
