// A small API with the habits of real ones: 404 as a normal answer, GraphQL, redirects, cookies, test data.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived. */
export interface ApiRequest {
  method: string
  url: string
  host: string
  type: string
  body: string
  cookie: string
  key: string
}

export interface ApiServer {
  url: string
  requests: ApiRequest[]
  /** Ids of the orders that are there. */
  orders: Set<string>
  close: () => Promise<void>
}

type Reply = [status: number, body: unknown, headers?: Record<string, string>]

/** An API that remembers what it was asked; `/slow` never answers. */
export async function startApi(): Promise<ApiServer> {
  const requests: ApiRequest[] = []
  const orders = new Set<string>()
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request)
      if (request.url === '/slow') return
      const [status, body, headers] = answer(request, orders)
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return { url, requests, orders, close }
}

function answer({ method, url, body }: ApiRequest, orders: Set<string>): Reply {
  const [, place = '', id = ''] = url.replace(/\?.*/, '').split('/')
  if (place === 'maybe') return Number(id) % 2 === 0 ? [200, { id }] : [404, { error: 'none' }]
  if (place === 'hop')
    return Number(id) > 0 ? [302, {}, { location: `/hop/${Number(id) - 1}` }] : [200, { id }]
  if (place === 'graphql') return [200, graphql(body)]
  if (place === 'form-login') return [200, {}, { 'set-cookie': 'sid=s1; Path=/; HttpOnly' }]
  if (place === 'orders') return order(method, id, orders)
  return [200, { ok: true }]
}

function graphql(body: string): unknown {
  const { operationName } = JSON.parse(body) as { operationName?: string }
  return operationName === 'Bad'
    ? { errors: [{ message: 'no' }], data: null }
    : { data: { operationName } }
}

function order(method: string, id: string, orders: Set<string>): Reply {
  if (method === 'POST') {
    const made = `o-${orders.size + 1}`
    orders.add(made)
    return [201, { id: made }]
  }
  const isThere = method === 'DELETE' ? orders.delete(id) : orders.has(id)
  return isThere ? [200, { id }] : [404, {}]
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const { host = '', 'content-type': type = '', cookie = '', 'x-key': key = '' } = incoming.headers
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = '', url = '' } = incoming
  return {
    method,
    url,
    host,
    type,
    body: Buffer.concat(chunks).toString(),
    cookie,
    key: String(key),
  }
}
