import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from '../api-error.ts'
import { authenticate, bearerOrQueryToken } from '../authenticate.ts'
import {
  QUERY_SCHEMA,
  metricsQueryOf,
  type MetricsQuery,
  type QueryText,
} from '../dashboard/metrics-query.ts'
import { STREAM_CLIENTS_MAX } from '../dashboard/metrics-stream.ts'
import type { StreamSocket } from '../dashboard/stream-socket.ts'
import { measureUpgrade } from '../request-metrics.ts'
import type { Services } from '../services.ts'

/** `WS /v1/metrics/stream`: summaries of a technique or a segment, by beat. */
export function metricsStreamRoute(app: FastifyInstance, { stream, tokens }: Services): void {
  // Read before the upgrade, because afterwards nobody can be refused.
  const queries = new WeakMap<FastifyRequest, MetricsQuery>()

  app.route<{ Querystring: QueryText }>({
    method: 'GET',
    url: '/v1/metrics/stream',
    exposeHeadRoute: false,
    onRequest: authenticate(tokens, bearerOrQueryToken),
    schema: { querystring: QUERY_SCHEMA },
    preHandler(request, _reply, done) {
      queries.set(request, streamQueryOf(request.query))
      if (stream.clients >= STREAM_CLIENTS_MAX) {
        const rule = `Expected at most ${STREAM_CLIENTS_MAX} streams, and all of them are open`
        throw new ApiError(503, 'stream_clients_full', rule)
      }
      done()
    },
    handler() {
      throw new ApiError(426, 'upgrade_required', 'Expected a WebSocket upgrade, got a request')
    },
    wsHandler(socket: StreamSocket, incoming) {
      const request = incoming as FastifyRequest
      measureUpgrade(request)
      void stream.add(socket, queries.get(request) ?? {})
    },
  })
}

/** A stream has no range of its own: it follows the newest rows. */
function streamQueryOf(text: QueryText): MetricsQuery {
  for (const name of ['from', 'to', 'up_to_id'] as const) {
    if (text[name] === undefined) continue
    throw new ApiError(400, 'invalid_request', `Expected a stream without ${name}, got ${name}`)
  }
  return metricsQueryOf(text)
}
