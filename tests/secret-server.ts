// An API, a Prometheus, an InfluxDB and a webhook in one, which remember all that they are sent.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { uncompress } from 'snappyjs'

export interface ReceivedRequest {
  /** Path and query. */
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface SecretServer {
  /** Without the scheme. */
  host: string
  requests: ReceivedRequest[]
  close: () => void
}

/** Listens on a free port of 127.0.0.1; `/moved` leads to an address with `key` in its query. */
export async function startSecretServer(key: string): Promise<SecretServer> {
  const requests: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url = '', headers } = request
      const raw = Buffer.concat(chunks)
      const isPacked = headers['content-encoding'] === 'snappy'
      const body = isPacked ? Buffer.from(uncompress(raw)) : raw
      requests.push({ url, headers, body: body.toString('latin1') })
      if (url === '/moved') response.writeHead(302, { Location: `/there?code=${key}` })
      response.end(url === '/login' ? '{"access_token":"token"}' : '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
