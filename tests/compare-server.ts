// A server that answers each request after a time of its own, for comparisons with a known difference.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom } from '../lib/random.ts'

export interface TimedServer {
  url: string
  close: () => Promise<void>
}

/** Answers as the workload of tests/fixtures/tampered expects, after 1 to 2 times so many milliseconds. */
export async function timedServer(answerMs: number): Promise<TimedServer> {
  const random = createRandom(1)
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    setTimeout(() => response.end('{"ok":true}'), answerMs * (1 + random()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
