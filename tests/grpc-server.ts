import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'

/** What answers a unary call: a message whose first field is a text. */
const TEXT = 'hello'
const MESSAGE = Buffer.from([0x0a, TEXT.length, ...Buffer.from(TEXT)])

/** Messages of a stream. */
const STREAM_LENGTH = 3

/**
 * A gRPC service on loopback, without TLS: each call of any method is answered by the same text, three times where the
 * method's name ends in Stream. One that ends in Fail is refused with status 14.
 */
export async function grpcServer(): Promise<{ address: string; close: () => void }> {
  const server = createServer()
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const path = headers[':path'] ?? ''
    const status = path.endsWith('Fail') ? '14' : '0'
    const messages = path.endsWith('Stream') ? STREAM_LENGTH : status === '0' ? 1 : 0
    stream.resume()
    stream.on('end', () => {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc' },
        { waitForTrailers: true },
      )
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }))
      const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, MESSAGE.length]), MESSAGE])
      stream.end(Buffer.concat(Array.from({ length: messages }, () => framed)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `127.0.0.1:${port}`, close: () => server.close() }
}
