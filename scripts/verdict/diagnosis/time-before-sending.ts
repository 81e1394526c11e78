import type { ConnectionFacts } from './read-connections.ts'
import { type Diagnosis, percent } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** Of the time of all requests; k6's latency does not hold it, but a user waits for it. */
const SHARE_MIN = 0.1

/** Fewer are each user's first request, which has to connect. */
const REQUESTS_MIN = 100

/**
 * A good part of the time passes before a request is sent: name look-up, connecting, TLS, or waiting for
 * a free connection. k6's `http_req_blocked` holds them all, `http_req_duration` none.
 */
export function timeBeforeSending({ connections, endpointTimes }: DiagnosisFacts): Diagnosis[] {
  const requests = endpointTimes.reduce((sum, row) => sum + row.requests, 0)
  const sentMs = endpointTimes.reduce((sum, { totalMs }) => sum + totalMs, 0)
  const share = connections.blockedMs / (connections.blockedMs + sentMs)
  if (requests < REQUESTS_MIN || !(share >= SHARE_MIN)) return []
  const [part, advice] = mainPart(connections)
  return [
    {
      id: 'time-before-sending',
      title: 'Time passes before requests are sent',
      text: `${percent(share)} of the time of all requests passed before they were sent, mostly ${part}; no latency here holds it.`,
      advice,
      severity: 'info',
    },
  ]
}

function mainPart({ blockedMs, connectingMs, tlsMs }: ConnectionFacts): [string, string] {
  const waitingMs = blockedMs - connectingMs - tlsMs
  if (tlsMs >= Math.max(connectingMs, waitingMs)) {
    return ['in TLS handshakes', 'Reuse connections, and let the target resume TLS sessions.']
  }
  if (connectingMs >= waitingMs) {
    return [
      'connecting',
      'Reuse connections, and look at the queue in which the target accepts them.',
    ]
  }
  return [
    'waiting for a connection',
    'Look at the name look-up (DNS) and at how large batches are.',
  ]
}
