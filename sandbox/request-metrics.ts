import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics.ts'

const SCRAPE_ROUTE = '/metrics'

/** Measures every request but the scrapes, unknown routes included. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  const { requestSeconds, requestsInFlight } = metrics

  app.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.url !== SCRAPE_ROUTE) requestsInFlight.inc()
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    // The pattern, never the URL: whoever scans for holes must not create a series per guess.
    const route = request.routeOptions.url ?? 'unknown'
    if (route !== SCRAPE_ROUTE) {
      requestsInFlight.dec()
      const labels = { route, method: request.method, status: reply.statusCode }
      requestSeconds.observe(labels, reply.elapsedTime / 1_000)
    }
    done()
  })
}
