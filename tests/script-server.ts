// What the scripts of tests/scripts call: an HTTP API with a WebSocket, and a gRPC service.
import { createServer as createHttp2, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'

export interface ScriptServer {
  /** `http://127.0.0.1:<port>` */
  url: string
  /** `127.0.0.1:<port>` */
  grpc: string
  close: () => Promise<void>
}

/** As far as it is used: the package has no types. */
interface Socket {
  on: (event: 'message', listener: (data: Buffer) => void) => void
  send: (text: string) => void
}

export async function scriptServer(): Promise<ScriptServer> {
  const api = Fastify({ forceCloseConnections: true })
  await api.register(websocket)
  api.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume()
    payload.on('end', () => done(null, undefined))
  })
  api.get('/socket', { websocket: true }, (socket: Socket) => {
    socket.on('message', (data: Buffer) => socket.send(data.toString()))
  })
  api.all('/*', answer)
  const url = await api.listen({ host: '127.0.0.1', port: 0 })
  const grpc = createHttp2()
  grpc.on('stream', greet)
  const grpcPort = await listen(grpc)
  return {
    url,
    grpc: `127.0.0.1:${grpcPort}`,
    close: async () => {
      await api.close()
      await ended(grpc)
    },
  }
}

async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { pathname } = new URL(request.url, 'http://any')
  const [, status] = /^\/status\/(\d+)$/.exec(pathname) ?? []
  await setTimeout(2)
  if (status !== undefined) reply.code(Number(status))
  if (pathname === '/redirect') return reply.redirect('/ok')
  if (pathname === '/cookie') reply.header('set-cookie', 'session=1; Path=/')
  if (pathname === '/me' && request.headers.cookie !== 'session=1') reply.code(401)
  return { ok: true }
}

// An empty message in a gRPC frame: no compression, no length.
function greet(stream: ServerHttp2Stream): void {
  stream.on('error', () => undefined)
  stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.resume()
  stream.end(Buffer.alloc(5))
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return (server.address() as AddressInfo).port
}

function ended(server: Server): Promise<unknown> {
  return Promise.race([new Promise((done) => server.close(done)), setTimeout(500)])
}
