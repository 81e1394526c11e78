import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'

/** What answers a unary call: a message whose first field is a text. */
const TEXT = 'hello'
const MESSAGE = Buffer.from([0x0a, TEXT.length, ...Buffer.from(TEXT)])

/** A gRPC service on loopback, without TLS: each call of any method is answered by the same text. */
export async function grpcServer(): Promise<{ address: string; close: () => void }> {
  const server = createServer()
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.resume()
    stream.on('end', () => {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc' },
        { waitForTrailers: true },
      )
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, MESSAGE.length]), MESSAGE]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `127.0.0.1:${port}`, close: () => server.close() }
}
