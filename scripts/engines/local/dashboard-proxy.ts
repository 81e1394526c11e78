// k6 does not end while a browser shows its dashboard: it waits until every reader of `/events` has gone
// (v2.2.0, internal/dashboard/sse.go). So browsers read through this proxy, which hangs up when the load is over.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { say } from '../../core/console.ts'

export interface DashboardProxy {
  /** For a browser on this machine. */
  url: string
  close: () => void
}

const HOST = '127.0.0.1'

/** k6's own default, so that a bookmark works; where it is taken, any other. */
const PORT = 5665

/** Goes to every reader when the load is over; then k6 waits for them. */
const LAST_EVENT = '\nevent: stop\n'

/** Shows the dashboard of the k6 that listens at `k6Port` of 127.0.0.1 at another port of it. */
export async function proxyDashboard(k6Port: number): Promise<DashboardProxy> {
  const server = createServer((asked, answer) => pass(k6Port, asked, answer))
  server.listen(PORT, HOST)
  await once(server, 'listening').catch(async () => {
    server.listen(0, HOST)
    await once(server, 'listening')
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${HOST}:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function pass(port: number, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers, url: path } = asked
  // The path may be a whole address: it goes to k6 as it is, and nowhere else.
  const ours = request({ host: HOST, port, path, method, headers, agent: false })
  const hangUp = (): void => {
    ours.destroy()
    answer.end()
  }
  ours.on('error', hangUp)
  answer.on('close', hangUp)
  ours.on('response', (told) => {
    answer.writeHead(told.statusCode ?? 502, told.headers)
    told.on('error', hangUp)
    told.on('end', hangUp)
    let last = ''
    told.on('data', (chunk: Buffer) => {
      // However far the reader is: k6 must not wait for a tab that sleeps.
      answer.write(chunk)
      const text = last + chunk.toString('latin1')
      if (text.includes(LAST_EVENT)) hangUp()
      last = text.slice(-LAST_EVENT.length)
    })
  })
  asked.pipe(ours)
}

/** The web dashboard of one k6, where it has one. */
export interface ShownDashboard {
  /** Gets what k6 prints. */
  onLine: (line: string) => void
  close: () => Promise<void>
}

/** Shows the dashboard as soon as k6 says at which port it has it. */
export function shownDashboard(): ShownDashboard {
  let proxy: Promise<DashboardProxy | undefined> | undefined
  return {
    onLine: (line) => {
      const [, port] = /^ *web dashboard: http:\/\/\S+:(\d+)/.exec(line) ?? []
      if (port !== undefined) proxy ??= show(Number(port))
    },
    close: async () => (await proxy)?.close(),
  }
}

async function show(port: number): Promise<DashboardProxy | undefined> {
  try {
    const proxy = await proxyDashboard(port)
    say(`web dashboard: ${proxy.url}`)
    return proxy
  } catch (error) {
    say(`the web dashboard cannot be shown: ${String(error)}`)
    return undefined
  }
}
