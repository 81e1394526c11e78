// A receiver of remote writes that answers as it likes.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RemoteWriteServer {
  url: string
  /** Requests so far. */
  requests: IncomingMessage[]
  close: () => Promise<void>
}

/** Listens on a free port of 127.0.0.1. `answer` gets each request with its number, from 1. */
export async function remoteWriteServer(
  answer: (response: ServerResponse, request: IncomingMessage, number: number) => void,
): Promise<RemoteWriteServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    request.resume()
    response.on('error', () => undefined)
    answer(response, request, requests.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Nothing to say: written. */
export function accept(response: ServerResponse): void {
  response.statusCode = 204
  response.end()
}
