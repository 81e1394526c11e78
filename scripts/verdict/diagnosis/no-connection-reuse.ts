import { counted, type Diagnosis, number, percent } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/**
 * A user opens one connection to each host and keeps it. A batch opens up to six at once (k6's
 * `batchPerHost`), and a target may close a few that were idle.
 */
const PER_USER_MAX = 6

/** Of the requests: with fewer, opening connections changes no number. */
const SHARE_MIN = 0.1

/** Connections are opened again and again, so latency and load are partly those of handshakes. */
export function noConnectionReuse(facts: DiagnosisFacts): Diagnosis[] {
  const { plan, usersReady, connections, endpoints } = facts
  const hosts = Math.max(1, plan.regions.length)
  const requests = endpoints.reduce((sum, { count }) => sum + count, 0)
  const { opened } = connections
  if (opened <= PER_USER_MAX * Math.max(1, usersReady) * hosts) return []
  if (opened <= SHARE_MIN * requests) return []
  return [
    {
      id: 'no-connection-reuse',
      title: 'Connections are not reused',
      text: `${number(opened)} connections were opened by ${counted(usersReady, 'user')}, for ${percent(opened / requests)} of the requests.`,
      advice:
        'Look for noConnectionReuse or noVUConnectionReuse in the script, and for a target that closes connections (Connection: close, a short keep-alive).',
      severity: 'warning',
    },
  ]
}
