// A small API whose memory grows with every request, and pages of metrics that are none.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MetricsServer {
  url: string
  /** Values of the header with which the metrics were asked for. */
  authorizations: (string | undefined)[]
  close: () => Promise<void>
}

/** What each request leaks. */
const LEAK_BYTES = 1e5

export async function metricsServer(): Promise<MetricsServer> {
  const authorizations: MetricsServer['authorizations'] = []
  const began = Date.now()
  let leaked = 5e7
  const pages: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
    '/metrics': (response, { headers }) => {
      authorizations.push(headers.authorization)
      response.end(metricsText(leaked, (Date.now() - began) / 1_000))
    },
    '/garbage': (response) => response.end('<!doctype html><title>Sign in</title>'),
    '/broken': (response) => response.writeHead(500).end(),
    '/moved': (response) => response.writeHead(302, { location: '/metrics' }).end(),
    '/hangs': () => undefined,
    '/drips': (response) => {
      const timer = setInterval(() => response.write('a 1\n'), 100)
      response.once('close', () => clearInterval(timer))
    },
    '/huge': hundredMegabytes,
  }
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    if (!page) leaked += LEAK_BYTES
    if (page) page(response, request)
    else response.end('{}')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    authorizations,
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

function metricsText(leaked: number, seconds: number): string {
  return [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${leaked}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${seconds / 10}`,
    '# TYPE pool_in_use gauge',
    'pool_in_use{pool="a"} 3',
    'pool_in_use{pool="b \\"x\\""} 4',
    'odd NaN',
    '',
  ].join('\n')
}

function hundredMegabytes(response: ServerResponse): void {
  const chunk = 'some_metric{label="value"} 1\n'.repeat(2_000)
  let left = 1e8
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length
      if (!response.write(chunk)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}
