// A server that keeps its promise, or breaks it in one of the ways that load tests overlook.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TamperedServer {
  url: string
  close: () => Promise<void>
}

/**
 * `fails`: 500 at once. `stalls`: a second of it slow. `slow`: all of it. `dies`: after 300 answers.
 * `limited`: 100 answers per second, by ten workers that take 100 ms each; the others queue.
 */
export type Behaviour = 'sound' | 'fails' | 'stalls' | 'slow' | 'dies' | 'limited'

const LIMITED = { workers: 10, workMs: 100 }

const STALL = { fromMs: 3_000, toMs: 4_000, answerMs: 400 }
const SLOW_MS = 900
const DYING_ANSWERS = 300

/** Listens on a free port of 127.0.0.1. */
export async function tamperedServer(behaviour: Behaviour): Promise<TamperedServer> {
  let firstAtMs: number | undefined
  let answered = 0
  const work = queue(LIMITED.workers)
  const server = createServer((_request, response) => {
    firstAtMs ??= performance.now()
    response.statusCode = behaviour === 'fails' ? 500 : 200
    response.setHeader('content-type', 'application/json')
    const answer = (): unknown => response.end('{"ok":true}')
    if (behaviour === 'limited') work(LIMITED.workMs, answer)
    else setTimeout(answer, delayMs(behaviour, performance.now() - firstAtMs))
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

/** So many at once, each for a while; the others wait for their turn. */
function queue(workers: number): (ms: number, done: () => unknown) => void {
  const waiting: (() => void)[] = []
  let busy = 0
  const next = (): void => {
    if (busy >= workers) return
    const job = waiting.shift()
    if (!job) return
    busy += 1
    job()
  }
  return (ms, done) => {
    waiting.push(() => {
      setTimeout(() => {
        busy -= 1
        done()
        next()
      }, ms)
    })
    next()
  }
}
