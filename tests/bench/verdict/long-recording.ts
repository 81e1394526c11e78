import { literal, openDatabase } from '../../../scripts/samples/sample-database.ts'

/** What k6 writes for one request with a check and a metric of its own: 14 lines. */
const LINES: [metric: string, value: string][] = [
  ['http_reqs', '1'],
  ['http_req_duration', 'duration_ms'],
  ['http_req_blocked', '0.002 + 0.004 * random()'],
  ['http_req_connecting', '0'],
  ['http_req_tls_handshaking', '0'],
  ['http_req_sending', '0.01 + 0.03 * random()'],
  ['http_req_waiting', 'duration_ms * (0.9 + 0.08 * random())'],
  ['http_req_receiving', '0.02 + 0.05 * random()'],
  ['http_req_failed', 'failed'],
  ['checks', '1 - failed'],
  ['data_sent', '380 + round(20 * random())'],
  ['data_received', '420 + round(60 * random())'],
  ['iteration_duration', 'duration_ms + 800 + 100 * random()'],
  ['iterations', '1'],
]

const OF_ITERATION = ['data_sent', 'data_received', 'iteration_duration', 'iterations']

export const RECORDING_START_MS = 1_795_000_000_000

/** Requests per second of the recording. */
const RATE = 1_000

/**
 * Writes a recording as k6 does, of so many requests at 1,000 per second: lognormal latencies, one
 * failure in 5,000, three endpoints, tags in two orders.
 *
 * @returns its number of lines, and its length
 */
export async function writeLongRecording(
  path: string,
  requests: number,
): Promise<{ rows: number; seconds: number }> {
  const database = await openDatabase({
    temporaryFolder: `${path}.tmp`,
    files: [path],
    // The same random numbers each time.
    threads: 1,
  })
  const values = LINES.map(([metric], place) => {
    return `(${place}, ${literal(metric)}, ${OF_ITERATION.includes(metric)})`
  })
  const cases = LINES.map(([, value], place) => `WHEN ${place} THEN ${value}`)
  await database.run(`SELECT setseed(0.5)`)
  await database.run(`COPY (
SELECT metric AS metric_name, end_us AS timestamp, printf('%.6f', CASE place ${cases.join(' ')} END) AS metric_value,
  CASE WHEN metric = 'checks' THEN 'answers as expected' END AS check, NULL AS error_code,
  CASE WHEN is_own THEN NULL WHEN failed = 1 THEN 'false' ELSE 'true' END AS expected_response,
  CASE WHEN is_own THEN NULL ELSE 'POST' END AS method,
  CASE WHEN is_own THEN NULL ELSE 'POST /v1/' || endpoint END AS name, 'spike' AS scenario,
  CASE WHEN is_own THEN NULL WHEN failed = 1 THEN '500' ELSE '200' END AS status,
  CASE WHEN (n + place) % 2 = 0 THEN 'phase=hold&judged=yes&operation=' || endpoint
    ELSE 'operation=' || endpoint || '&judged=yes&phase=hold' END AS extra_tags, NULL AS metadata
FROM (SELECT n, ${RECORDING_START_MS}000 + n * ${1e6 / RATE} + CAST(1000 * duration_ms AS BIGINT) AS end_us,
    duration_ms, (random() < 0.0002)::INT AS failed, ['enhance', 'batch', 'history'][1 + n % 3] AS endpoint
  FROM (SELECT n, exp(3.4 + 0.4 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) AS duration_ms
    FROM range(${requests}) AS requests(n))),
  (VALUES ${values.join(', ')}) AS lines(place, metric, is_own)
) TO ${literal(path)} (FORMAT csv, HEADER true, USE_TMP_FILE false)`)
  database.close()
  return { rows: requests * LINES.length, seconds: requests / RATE }
}
