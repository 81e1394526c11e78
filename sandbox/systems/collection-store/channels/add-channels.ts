import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../../api-error.ts'
import { authenticate, bearerOrQueryToken, callerOf } from '../../../authenticate.ts'
import { prometheus } from '../../../packages.ts'
import { measureUpgrade } from '../../../request-metrics.ts'
import type { StoreParts } from '../system.ts'
import { ChannelHub } from './channel-hub.ts'
import { type ChannelSocketLine, joinChannel, MESSAGE } from './channel-socket.ts'
import { eventStream } from './event-stream.ts'

const PARAMS = {
  type: 'object',
  properties: { channel: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } },
}

const EVENTS = {
  params: PARAMS,
  querystring: {
    type: 'object',
    properties: {
      after: { type: 'string', pattern: '^[0-9]{1,15}$', default: '0' },
      limit: { type: 'string', pattern: '^([1-9][0-9]?|100)$', default: '10' },
      wait_ms: { type: 'string', pattern: '^[0-9]{1,4}$', default: '1000' },
    },
  },
}

interface OfChannel {
  Params: { channel: string }
}

/** `/v1/store/channels/:channel`: a WebSocket to subscribe and publish, and server-sent events of limited length. */
export function addChannels(app: FastifyInstance, { services }: StoreParts): void {
  const { metrics, tokens } = services
  const hub = new ChannelHub()
  const connections = new prometheus.Gauge({
    name: 'sandbox_store_connections',
    help: 'WebSockets of the Collection Store that are open now.',
    registers: [metrics.registry],
  })
  addSocketRoute(app, services.tokens, { hub, connections })

  app.post<OfChannel & { Body: { id: number; text: string } }>(
    '/v1/store/channels/:channel/messages',
    { onRequest: authenticate(tokens), schema: { params: PARAMS, body: MESSAGE } },
    async (request, reply) => {
      const { id, text } = request.body
      const message = { from: callerOf(request).userId, id, text }
      const { sequence } = hub.publish(request.params.channel, message)
      return reply.code(201).send({ sequence })
    },
  )
  app.get<OfChannel & { Querystring: { after: string; limit: string; wait_ms: string } }>(
    '/v1/store/channels/:channel/events',
    { onRequest: authenticate(tokens), schema: EVENTS },
    async ({ params: { channel }, query: { after, limit, wait_ms } }, reply) => {
      const options = { after: Number(after), limit: Number(limit), waitMs: Number(wait_ms) }
      const events = Readable.from(eventStream(hub, channel, options))
      return reply.type('text/event-stream').header('cache-control', 'no-store').send(events)
    },
  )
}

interface SocketParts {
  hub: ChannelHub
  connections: InstanceType<typeof prometheus.Gauge>
}

function addSocketRoute(
  app: FastifyInstance,
  tokens: StoreParts['services']['tokens'],
  { hub, connections }: SocketParts,
): void {
  let open = 0
  const count = (change: number): void => connections.set((open += change))
  app.route<OfChannel>({
    method: 'GET',
    url: '/v1/store/channels/:channel/live',
    exposeHeadRoute: false,
    onRequest: authenticate(tokens, bearerOrQueryToken),
    schema: { params: PARAMS },
    handler() {
      throw new ApiError(426, 'upgrade_required', 'Expected a WebSocket upgrade, got a request')
    },
    wsHandler(socket: ChannelSocketLine, incoming) {
      measureUpgrade(incoming)
      count(1)
      socket.once('close', () => count(-1))
      const { channel } = incoming.params
      joinChannel(socket, {
        hub,
        channel,
        userId: callerOf(incoming).userId,
        connections: () => open,
      })
    },
  })
}
