// A server with places for so many requests at a time for each of its replicas, whose number the last line of a file says.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ScaledServer {
  url: string
  close: () => Promise<void>
}

const ANSWER_MS = 100

/** Answers as the workload of tests/fixtures/tampered expects, after a tenth of a second in a place. */
export async function scaledServer(file: string, placesEach: number): Promise<ScaledServer> {
  const waiting: (() => void)[] = []
  let inside = 0
  const places = (): number => Number(readFileSync(file, 'utf8').trim().split('\n').at(-1))
  const next = (): void => {
    const free = placesEach * places() - inside
    for (const enter of waiting.splice(0, Math.max(0, free))) {
      inside++
      enter()
    }
  }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    const answer = async (): Promise<void> => {
      await sleep(ANSWER_MS)
      inside--
      response.end('{"ok":true}')
      next()
    }
    waiting.push(() => void answer())
    next()
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
