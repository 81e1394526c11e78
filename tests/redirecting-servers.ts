// Two servers on loopback: one that redirects, and one that nobody may be led to.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived. */
export interface Arrived {
  method: string
  url: string
  body: string
  type: string | undefined
  authorization: string | undefined
}

export interface ListeningServer {
  url: string
  port: number
  requests: Arrived[]
  connections: () => number
  close: () => Promise<void>
}

/**
 * A server on a free port.
 *
 * @param locationOf where a path redirects to; undefined for one that answers. `/moved/302` redirects with 302,
 * any other path with 307
 */
export async function listen(
  host: string,
  locationOf: (path: string) => string | undefined = () => undefined,
): Promise<ListeningServer> {
  const requests: Arrived[] = []
  let connections = 0
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request
      const { 'content-type': type, authorization } = headers
      requests.push({ method, url, body, type, authorization })
      const location = locationOf(url)
      const status = Number(/\/moved\/(\d+)/.exec(url)?.[1] ?? 307)
      if (location === undefined) response.end('{"ok":true}')
      // Even what looks like a right answer is none.
      else response.writeHead(status, { location }).end('{"ok":true,"access_token":"x"}')
    })
  })
  server.on('connection', () => (connections += 1))
  server.on('upgrade', (_request, socket) => {
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${locationOf('/upgrade') ?? '/'}\r\n\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://${host}:${port}`
  return { url, port, requests, connections: () => connections, close: () => closed(server) }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
