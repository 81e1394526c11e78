import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../api-error.ts'
import { authenticate, bearerOrQueryToken } from '../../authenticate.ts'
import { SOCKET_OPEN, type StreamSocket } from '../../dashboard/stream-socket.ts'
import { measureUpgrade } from '../../request-metrics.ts'
import type { CanvasServices } from './system.ts'
import { CANVAS_PARAMS, noSuchCanvas } from './state-routes.ts'

/** `WS /v1/canvases/:id/changes`: its version now, and that of each write as soon as it is committed. */
export function canvasChangesRoute(
  app: FastifyInstance,
  { canvases, tokens }: CanvasServices,
): void {
  app.route<{ Params: { id: string } }>({
    method: 'GET',
    url: '/v1/canvases/:id/changes',
    exposeHeadRoute: false,
    onRequest: authenticate(tokens, bearerOrQueryToken),
    schema: { params: CANVAS_PARAMS },
    // Afterwards nobody can be refused.
    async preHandler({ params: { id } }) {
      if (!(await canvases.exists(id))) throw noSuchCanvas(id)
    },
    handler() {
      throw new ApiError(426, 'upgrade_required', 'Expected a WebSocket upgrade, got a request')
    },
    wsHandler(socket: StreamSocket, incoming) {
      measureUpgrade(incoming)
      const { id } = incoming.params
      const say = (type: string, version: number): void => {
        if (socket.readyState === SOCKET_OPEN) socket.send(JSON.stringify({ type, id, version }))
      }
      socket.once(
        'close',
        canvases.follow(id, (version) => say('changed', version)),
      )
      void canvases.find(id).then((stored) => say('following', stored?.version ?? 0))
    },
  })
}
