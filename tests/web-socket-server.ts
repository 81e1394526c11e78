import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TestContext } from 'node:test'

/** The part of the package ws that this server needs; the package brings no types. */
interface Socket {
  on: (event: 'message', listener: (data: Buffer) => void) => void
  send: (text: string) => void
  terminate: () => void
}

interface Upgrader {
  handleUpgrade: (...upgrade: [IncomingMessage, Duplex, Buffer, (socket: Socket) => void]) => void
}

const { WebSocketServer } = createRequire(import.meta.url)('ws') as {
  WebSocketServer: new (options: { noServer: true }) => Upgrader
}

/** What happens to a message, by the path of the connection. */
const ANSWERS: Record<string, (socket: Socket, text: string) => void> = {
  '/good': (socket, text) => {
    socket.send('{"kind":"of no interest"}')
    socket.send(text)
  },
  '/slow-handshake': (socket, text) => socket.send(text),
  '/dies': (socket) => socket.terminate(),
  '/silent': () => undefined,
  '/garbage': (socket) => socket.send('{"cut":'),
}

const REFUSALS: Record<string, string> = {
  '/refused-401': '401 Unauthorized',
  '/refused-503': '503 Service Unavailable',
}

/** Later than its clients wait. */
const SLOW_MS = 1_500

/** A server on loopback that goes wrong in all the ways a WebSocket can, one for each path. */
export async function webSocketServer(t: TestContext): Promise<string> {
  const upgrader = new WebSocketServer({ noServer: true })
  const sockets = new Set<Duplex>()
  const server = createServer((_request, response) => response.end('{}'))
  server.on('upgrade', (request, socket, head) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    const path = request.url ?? ''
    const refusal = REFUSALS[path]
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const accept = () =>
      upgrader.handleUpgrade(request, socket, head, (client) => {
        client.on('message', (data) => ANSWERS[path]?.(client, String(data)))
      })
    if (path === '/slow-handshake') setTimeout(accept, SLOW_MS)
    else accept()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
