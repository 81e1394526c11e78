// A server that keeps its promise, or breaks it in one of the ways that load tests overlook.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'

export interface TamperedServer {
  url: string
  close: () => Promise<void>
}

/** What is wrong with each answer, or with some of them. */
const BEHAVIOURS = {
  sound: answer(() => 0),
  /** 500 at once. */
  fails: (_request: IncomingMessage, response: ServerResponse) => reply(response, 500),
  /** 503 at once, to a log-in too. */
  unavailable: (_request: IncomingMessage, response: ServerResponse) => reply(response, 503),
  /** The right status, and nothing that the workload can read. */
  garbage: (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-type', 'text/html')
    response.end('<title>Log in</title>')
  },
  /** A second of it slow. */
  stalls: answer(({ elapsedMs }) => (elapsedMs >= 3_000 && elapsedMs < 4_000 ? 400 : 0)),
  /** All of it slow. */
  slow: answer(() => 900),
  /** Nine answers, and never a tenth. */
  'hangs-tenth': answer(({ number }) => (number % 10 === 9 ? Infinity : 0)),
  /** No answer any more from the middle of the run on. */
  'hangs-half': answer(({ elapsedMs }) => (elapsedMs >= 4_000 ? Infinity : 0)),
  /** Each tenth body comes byte by byte, and never ends. */
  trickles: (request: IncomingMessage, response: ServerResponse, call: Call) => {
    if (call.number % 10 !== 9) {
      reply(response, 200)
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    const drip = setInterval(() => response.write(' '), 200)
    response.once('close', () => clearInterval(drip))
  },
  /** One redirect before each right answer. */
  redirects: (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.endsWith('?again')) reply(response, 200)
    else response.writeHead(307, { location: `${request.url ?? '/'}?again` }).end()
  },
  /** A redirect to itself. */
  loops: (request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(307, { location: request.url ?? '/' }).end()
  },
} satisfies Record<string, Behave>

/**
 * `dies`: after 300 answers. `limited`: 100 answers per second, by ten workers that take 100 ms; the others queue.
 * `busy`: sound, and uses 1.3 CPUs for it.
 */
export type Behaviour = keyof typeof BEHAVIOURS | 'dies' | 'limited' | 'busy'

interface Call {
  /** From 0. */
  number: number
  /** Since the first request. */
  elapsedMs: number
}

type Behave = (request: IncomingMessage, response: ServerResponse, call: Call) => void

const LIMITED = { workers: 10, workMs: 100 }
const DYING_ANSWERS = 300

/** Listens on a free port of 127.0.0.1. */
export async function tamperedServer(behaviour: Behaviour): Promise<TamperedServer> {
  let firstAtMs: number | undefined
  let number = 0
  const work = queue(LIMITED.workers)
  const burners = behaviour === 'busy' ? [burner(), burner()] : []
  const server = createServer((request, response) => {
    firstAtMs ??= performance.now()
    const call = { number, elapsedMs: performance.now() - firstAtMs }
    number += 1
    if (behaviour === 'limited') work(LIMITED.workMs, () => reply(response, 200))
    else if (behaviour === 'dies' || behaviour === 'busy') BEHAVIOURS.sound(request, response, call)
    else BEHAVIOURS[behaviour](request, response, call)
    if (behaviour !== 'dies' || number < DYING_ANSWERS) return
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const each of burners) void each.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A thread that is busy for 65 of each 100 ms. */
function burner(): Worker {
  const loop = `setInterval(() => { const end = Date.now() + 65; while (Date.now() < end); }, 100)`
  return new Worker(loop, { eval: true })
}

/** A right answer, after a while or never. */
function answer(delayMs: (call: Call) => number): Behave {
  return (_request, response, call) => {
    const ms = delayMs(call)
    if (ms !== Infinity) setTimeout(() => reply(response, 200), ms)
  }
}

function reply(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"ok":true}')
}

/** So many at once, each for a while; the others wait for their turn. */
function queue(workers: number): (ms: number, done: () => void) => void {
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
