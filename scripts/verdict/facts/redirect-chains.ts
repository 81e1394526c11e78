// k6 records each hop of a redirect as a request of its own, and a good one; its user sees one request that
// lasts as long as all of them. What follows redirects itself (lib/) says which requests those are; of a script's
// own requests it has to be guessed.
import { FOLLOWED_METRIC, REDIRECTS_TAG } from '../../../lib/plan.ts'
import { identifier, literal } from '../../samples/sample-database.ts'

/** What is known of redirects besides the samples. */
export interface RedirectFacts {
  /** k6's log says that it gave up following some: the last answer of those was a redirect, too. */
  hasGivenUp: boolean
}

/** A condition on rows of the sample file: a request, with all the hops that the library has followed. */
export function isRequest(columns: readonly string[]): string {
  const request = "metric = 'http_req_duration'"
  if (!columns.includes(REDIRECTS_TAG)) return request
  return `(${request} AND coalesce(${REDIRECTS_TAG}, '0') = '0' OR metric = ${literal(FOLLOWED_METRIC)})`
}

/**
 * A condition on rows of the sample file: the answer was a redirect, and k6 may have followed it. Most recordings
 * have none, and need no chains.
 */
export function isRedirect(columns: readonly string[]): string {
  if (!NEEDED.every((name) => columns.includes(name))) return 'false'
  const isOwn = columns.includes(REDIRECTS_TAG) ? ` AND ${REDIRECTS_TAG} IS NULL` : ''
  return `(status IN ${STATUSES}${isOwn})`
}

const NEEDED = ['name', 'status']
const STATUSES = "('301', '302', '303', '307', '308')"

/**
 * k6 sends the next request of a chain, or opens a connection for it, 2 to 70 us after it has the last answer;
 * on a machine without an idle CPU one in twenty took 200 (measured). The clocks of both are read one after the
 * other.
 */
const GAP_US_MAX = 250
const CLOCK_US = 5

/** More than k6's own 10. */
const HOPS_MAX = 20

/**
 * The requests with each chain of redirects as one request: a query with the columns of the
 * sample file, where the hops are gone and `value` is the time of the whole chain, and besides
 *
 * - `k6v_began_us`: when its first request was sent
 * - `k6v_hops`: how many were followed
 * - `k6v_is_lost`: after all of them came yet another redirect, and no answer: a failed request
 *
 * Samples do not say which belong together. So a hop is a redirect that the script took for a good answer
 * and after which a request of the same name (or both have none but their URLs) and the same tags began at once; and that is
 * believed of a name only where it holds for half of its redirects and some of them lead to an answer. Else the
 * redirect itself is the answer, as with k6's `redirects: 0`. Where very many users are redirected at a time, a
 * hop may count to the chain of another one: the number of requests stays right, but that of loops can be too high.
 */
export function chainedRequestsSql(
  file: string,
  columns: readonly string[],
  facts: RedirectFacts,
): string {
  const kept = columns.filter((name) => name !== 'value').map((name) => `r.${identifier(name)}`)
  return `WITH RECURSIVE ${[...pairs(file, columns), ...chains(facts)].join(',\n')}
SELECT ${kept.join(', ')}, coalesce(c.k6v_total, r.value) AS value,
  coalesce(c.k6v_began_us, r.k6v_began_us) AS k6v_began_us, coalesce(c.k6v_hops, 0) AS k6v_hops,
  r.k6v_leads_on AND (coalesce(c.k6v_hops, 0) > 0 OR f.k6v_request IS NOT NULL) AS k6v_is_lost
FROM k6v_requests r LEFT JOIN k6v_chains c USING (k6v_request) LEFT JOIN k6v_followed f USING (k6v_request)
WHERE f.k6v_request IS NULL OR c.k6v_hops = ${HOPS_MAX}
  OR (NOT f.k6v_some_arrive AND r.k6v_request NOT IN (SELECT k6v_request FROM k6v_links))
  OR (c.k6v_request IS NULL AND r.k6v_request IN (SELECT k6v_request FROM k6v_links))`
}

// Each redirect beside the request that began right after it, where there is one.
function pairs(file: string, columns: readonly string[]): string[] {
  const chain = `${chainOf(columns)} AS k6v_chain`
  return [
    `k6v_requests AS (SELECT *, row_number() OVER () AS k6v_request, ${chain},
    ${leadsOn(columns)} AS k6v_leads_on, end_us - CAST(round(value * 1000) AS BIGINT) AS k6v_began_us
  FROM ${file} WHERE ${isRequest(columns)} AND isfinite(value))`,
    // A connection is opened before what k6 calls the duration begins.
    `k6v_connections AS (SELECT end_us, ${chain}, max(value) AS k6v_blocked_ms
  FROM ${file} WHERE metric = 'http_req_blocked' AND value > 0.02 GROUP BY ALL)`,
    `k6v_begins AS (SELECT k6v_request AS k6v_next, k6v_chain, NOT k6v_leads_on AS k6v_arrives,
    k6v_began_us - CAST(coalesce(k6v_blocked_ms, 0) * 1000 AS BIGINT) AS k6v_asked_us
  FROM k6v_requests LEFT JOIN k6v_connections USING (end_us, k6v_chain))`,
    `k6v_pairs AS (SELECT h.k6v_request, h.k6v_chain, h.name, b.k6v_next, b.k6v_arrives,
    b.k6v_asked_us - h.k6v_after_us AS k6v_gap_us,
    coalesce(b.k6v_asked_us - h.k6v_after_us <= ${GAP_US_MAX + CLOCK_US}, false) AS k6v_is_pair
  FROM (SELECT *, end_us - ${CLOCK_US} AS k6v_after_us FROM k6v_requests WHERE k6v_leads_on) h
  ASOF LEFT JOIN k6v_begins b ON b.k6v_chain = h.k6v_chain AND b.k6v_asked_us >= h.k6v_after_us)`,
  ]
}

function chains(facts: RedirectFacts): string[] {
  return [
    `k6v_followed AS (SELECT k6v_request, k6v_next, k6v_gap_us, k6v_some_arrive FROM (SELECT *,
      avg(k6v_is_pair::INTEGER) OVER (PARTITION BY k6v_chain, name) >= 0.5 AS k6v_is_usual,
      bool_or(k6v_is_pair AND k6v_arrives) OVER (PARTITION BY k6v_chain) AS k6v_some_arrive FROM k6v_pairs)
  WHERE k6v_is_pair AND k6v_is_usual AND (k6v_some_arrive OR ${facts.hasGivenUp}))`,
    `k6v_links AS (SELECT k6v_request, k6v_next FROM k6v_followed
  QUALIFY row_number() OVER (PARTITION BY k6v_next ORDER BY k6v_gap_us) = 1)`,
    `k6v_chains AS (SELECT k6v_request, k6v_began_us, value AS k6v_total, 0 AS k6v_hops FROM k6v_requests
  WHERE k6v_request IN (SELECT k6v_request FROM k6v_links)
    AND k6v_request NOT IN (SELECT k6v_next FROM k6v_links)
  UNION ALL SELECT r.k6v_request, c.k6v_began_us, c.k6v_total + r.value, c.k6v_hops + 1
  FROM k6v_chains c JOIN k6v_links l ON l.k6v_request = c.k6v_request
    JOIN k6v_requests r ON r.k6v_request = l.k6v_next
  WHERE c.k6v_hops < ${HOPS_MAX})`,
  ]
}

/** What may differ between the requests of a chain. */
const OF_ONE_REQUEST = [
  ...['metric', 'end_us', 'value', 'name', 'url', 'method', 'status', 'expected_response'],
  ...['error', 'error_code', 'proto', 'tls_version', 'ip', 'ocsp_status'],
]

function chainOf(columns: readonly string[]): string {
  const shared = columns.filter((name) => !OF_ONE_REQUEST.includes(name)).map(identifier)
  const all = ["CASE WHEN name NOT LIKE '%://%' THEN name END", ...shared]
  return `concat_ws(chr(31), ${all.map((column) => `coalesce(${column}, '')`).join(', ')})`
}

// What a script takes for a failure is one, whatever came after it.
function leadsOn(columns: readonly string[]): string {
  const isGood = columns.includes('expected_response') ? " AND expected_response = 'true'" : ''
  return `coalesce(${isRedirect(columns)}${isGood}, false)`
}
