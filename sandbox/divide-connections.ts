import type { Server } from 'node:http'
import type { Socket } from 'node:net'

type Take = (socket: Socket) => void

/** HTTP/2 without TLS begins so (RFC 9113, 3.4), and no method of HTTP/1 does. */
const HTTP2 = Buffer.from('PRI')

// Who connects and says nothing is no client.
const SILENT_MS_MAX = 30_000

/**
 * Gives connections of a server that speak HTTP/2 to somebody else: so gRPC has the port of the API.
 *
 * @returns ends connections that have not said what they speak
 */
export function divideConnections(server: Server, takeHttp2: Take): () => void {
  const takeHttp1 = server.listeners('connection') as Take[]
  const silent = new Set<Socket>()
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const leave = (): void => {
      silent.delete(socket)
      socket.destroy()
    }
    const decide = (first: Buffer): void => {
      silent.delete(socket)
      socket.setTimeout(0)
      socket.off('timeout', leave).off('error', leave).off('close', leave)
      socket.pause()
      socket.unshift(first)
      if (first.subarray(0, HTTP2.length).equals(HTTP2)) takeHttp2(socket)
      else {
        for (const take of takeHttp1) take.call(server, socket)
        // HTTP/2 reads what is there by itself.
        socket.resume()
      }
    }
    silent.add(socket)
    socket.setTimeout(SILENT_MS_MAX)
    socket.once('timeout', leave).once('error', leave).once('close', leave).once('data', decide)
  })
  return () => {
    for (const socket of silent) socket.destroy()
  }
}
