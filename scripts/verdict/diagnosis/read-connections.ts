import type { SampleDatabase } from '../../samples/sample-database.ts'

/** What the connections of a run cost; sums over its requests, in milliseconds. */
export interface ConnectionFacts {
  /** Requests that opened a connection. */
  opened: number
  /** Until a request could be sent; holds the next two. */
  blockedMs: number
  connectingMs: number
  tlsMs: number
}

const SUMS = {
  blockedMs: 'http_req_blocked',
  connectingMs: 'http_req_connecting',
  tlsMs: 'http_req_tls_handshaking',
}

/** Reads the parts of requests that come before the first byte is sent. */
export async function readConnections(database: SampleDatabase): Promise<ConnectionFacts> {
  const sums = Object.entries(SUMS).map(([field, metric]) => {
    return `coalesce(sum(value) FILTER (metric = '${metric}'), 0) AS "${field}"`
  })
  const metrics = Object.values(SUMS).map((metric) => `'${metric}'`)
  const [row] = await database.rows<ConnectionFacts>(`SELECT ${sums.join(', ')},
  count(*) FILTER (metric = '${SUMS.connectingMs}' AND value > 0) AS opened
FROM samples WHERE metric IN (${metrics.join(', ')})`)
  return row ?? { opened: 0, blockedMs: 0, connectingMs: 0, tlsMs: 0 }
}
