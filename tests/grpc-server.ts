import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo } from 'node:net'

/** What answers a unary call: a message whose first field is a text. */
const TEXT = 'hello'
const MESSAGE = Buffer.from([0x0a, TEXT.length, ...Buffer.from(TEXT)])
const FRAME = Buffer.concat([Buffer.from([0, 0, 0, 0, MESSAGE.length]), MESSAGE])

/** Messages of a stream. */
const STREAM_LENGTH = 3

const HEADERS = { ':status': 200, 'content-type': 'application/grpc' }

export interface GrpcServer {
  address: string
  close: () => void
}

/**
 * A gRPC service on loopback: each call of any method is answered by the same text, three times where the
 * method's name ends in Stream. One that ends in Fail is refused with status 14, in Late gets no answer, and in Dies
 * a part of one before its connection is gone.
 *
 * @param tls key and certificate in PEM; without them it speaks plain text
 */
export async function grpcServer(tls?: { key: string; cert: string }): Promise<GrpcServer> {
  const server: Http2Server = tls ? createSecureServer(tls) : createServer()
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (session) => sessions.add(session))
  // Of a client that speaks in another way.
  server.on('sessionError', () => undefined)
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined)
    stream.resume()
    stream.once('end', () => answer(stream, headers[':path'] ?? ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): void => {
    server.close()
    for (const session of sessions) session.destroy()
  }
  return { address: `127.0.0.1:${port}`, close }
}

function answer(stream: ServerHttp2Stream, path: string): void {
  // Who asked may have gone.
  if (path.endsWith('Late') || stream.destroyed) return
  const status = path.endsWith('Fail') ? '14' : path.includes('grpc.reflection') ? '12' : '0'
  stream.respond(HEADERS, { waitForTrailers: true })
  if (path.endsWith('Dies')) {
    stream.write(FRAME, () => stream.session?.destroy())
    return
  }
  stream.on('wantTrailers', () => {
    if (!stream.destroyed) stream.sendTrailers({ 'grpc-status': status })
  })
  const messages = path.endsWith('Stream') ? STREAM_LENGTH : status === '0' ? 1 : 0
  stream.end(Buffer.concat(Array.from({ length: messages }, () => FRAME)))
}
