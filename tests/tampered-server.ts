// A server that keeps its promise, or breaks it in one of the ways that load tests overlook.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TamperedServer {
  url: string
  close: () => Promise<void>
}

/** `fails`: 500 at once. `stalls`: a second of it slow. `slow`: all of it. `dies`: after 300 answers. */
export type Behaviour = 'sound' | 'fails' | 'stalls' | 'slow' | 'dies'

const STALL = { fromMs: 3_000, toMs: 4_000, answerMs: 400 }
const SLOW_MS = 900
const DYING_ANSWERS = 300

/** Listens on a free port of 127.0.0.1. */
export async function tamperedServer(behaviour: Behaviour): Promise<TamperedServer> {
  let firstAtMs: number | undefined
  let answered = 0
  const server = createServer((_request, response) => {
    firstAtMs ??= performance.now()
    response.statusCode = behaviour === 'fails' ? 500 : 200
    response.setHeader('content-type', 'application/json')
    setTimeout(() => response.end('{"ok":true}'), delayMs(behaviour, performance.now() - firstAtMs))
    answered += 1
    if (behaviour !== 'dies' || answered < DYING_ANSWERS) return
    server.close()
    server.closeAllConnections()
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

function delayMs(behaviour: Behaviour, elapsedMs: number): number {
  if (behaviour === 'slow') return SLOW_MS
  const isStalled = elapsedMs >= STALL.fromMs && elapsedMs < STALL.toMs
  return behaviour === 'stalls' && isStalled ? STALL.answerMs : 0
}
