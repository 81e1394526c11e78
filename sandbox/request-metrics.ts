import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Metrics } from './metrics.ts'

const SCRAPE_ROUTE = '/metrics'

// What nginx logs when the client hung up before its answer.
const CLIENT_CLOSED_REQUEST = 499

const SWITCHING_PROTOCOLS = 101

const upgrades = new WeakMap<FastifyRequest, () => void>()

/** Measures every request but the scrapes, unknown routes and hung-up clients included. */
export function measureRequests(app: FastifyInstance, { requestSeconds, inFlight }: Metrics): void {
  const measure = (request: FastifyRequest, status: number, sinceMs: number) => {
    inFlight.requests--
    // The pattern, never the URL: whoever scans for holes must not create a series per guess.
    const route = request.routeOptions.url ?? 'unknown'
    const seconds = (performance.now() - sinceMs) / 1_000
    requestSeconds.observe({ route, method: request.method, status }, seconds)
  }

  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url !== SCRAPE_ROUTE) {
      inFlight.requests++
      // Fastify's reply.elapsedTime stays 0 unless its own onResponse hook is in use.
      const sinceMs = performance.now()
      // Fastify's onResponse hook never runs for a client that hung up; this event always comes.
      const closed = () => {
        const status = reply.raw.writableEnded ? reply.statusCode : CLIENT_CLOSED_REQUEST
        measure(request, status, sinceMs)
      }
      reply.raw.once('close', closed)
      if (request.headers.upgrade !== undefined) {
        upgrades.set(request, () => {
          reply.raw.removeListener('close', closed)
          measure(request, SWITCHING_PROTOCOLS, sinceMs)
        })
      }
    }
    done()
  })
}

/** Ends the measurement of a request that became a WebSocket, which may stay open for hours. */
export function measureUpgrade(request: FastifyRequest): void {
  upgrades.get(request)?.()
}
