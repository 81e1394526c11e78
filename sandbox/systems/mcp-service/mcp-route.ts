import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { authenticate, callerOf } from '../../authenticate.ts'
import { documentTools, type ToolContext } from './document-tools.ts'
import { isInitializeRequest, StreamableHTTPServerTransport } from './sdk.ts'
import type { McpSessions } from './sessions.ts'
import type { McpServices } from './system.ts'

/** `/mcp`: the work as tools of the Model Context Protocol over streamable HTTP, by the official SDK. */
export function mcpRoute(app: FastifyInstance, services: McpServices): void {
  const { tokens, sessions } = services
  app.route({
    method: ['POST', 'GET', 'DELETE'],
    url: '/mcp',
    onRequest: authenticate(tokens),
    async handler(request, reply) {
      const { userId } = callerOf(request)
      const id = request.headers['mcp-session-id']
      if (typeof id === 'string') {
        const session = sessions.find(id, userId)
        if (!session) return refuse(reply, 404, [-32_001, 'Session not found'])
        return handOver(session.transport, request, reply)
      }
      if (!isInitializeRequest(request.body))
        return refuse(reply, 400, [-32_000, 'Bad Request: Mcp-Session-Id header is required'])
      return handOver(await begin({ ...services, userId }), request, reply)
    },
  })
  app.addHook('preClose', (done) => {
    sessions.close()
    done()
  })
}

type Transport = InstanceType<typeof StreamableHTTPServerTransport>

async function begin(context: ToolContext & { sessions: McpSessions }): Promise<Transport> {
  const { sessions, userId } = context
  const transport: Transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => sessions.add(id, { userId, transport }),
    onsessionclosed: (id) => sessions.end(id),
  })
  await documentTools(context).connect(transport)
  return transport
}

// The SDK writes the response itself.
async function handOver(transport: Transport, request: FastifyRequest, reply: FastifyReply) {
  reply.hijack()
  await transport.handleRequest(request.raw, reply.raw, request.body)
}

function refuse(reply: FastifyReply, status: number, [code, message]: [number, string]) {
  return reply.code(status).send({ jsonrpc: '2.0', error: { code, message }, id: null })
}
