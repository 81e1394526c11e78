import type { FastifyInstance } from 'fastify'
import { ApiError } from '../api-error.ts'
import { authenticate, bearerOrQueryToken, callerOf } from '../authenticate.ts'
import type { StreamSocket } from '../dashboard/stream-socket.ts'
import { LiveClient } from '../live/live-client.ts'
import { measureUpgrade } from '../request-metrics.ts'
import type { Services } from '../services.ts'

/** `WS /v1/live`: prompts and their answers, and on request how busy the model is, over one connection. */
export function liveRoute(app: FastifyInstance, services: Services): void {
  const parts = { ...services, counted: { subscriptions: 0 } }
  app.route({
    method: 'GET',
    url: '/v1/live',
    exposeHeadRoute: false,
    onRequest: authenticate(services.tokens, bearerOrQueryToken),
    handler() {
      throw new ApiError(426, 'upgrade_required', 'Expected a WebSocket upgrade, got a request')
    },
    wsHandler(socket: LiveSocket, incoming) {
      measureUpgrade(incoming)
      const client = new LiveClient(parts, socket, callerOf(incoming).userId)
      socket.on('message', (data) => void client.receive(String(data)))
    },
  })
}

type LiveSocket = StreamSocket & {
  on: (event: 'message', listener: (data: Buffer) => void) => unknown
}
