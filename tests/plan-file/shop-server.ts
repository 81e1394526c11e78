// A shop that remembers what it was asked.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ShopRequest {
  method: string
  url: string
  user: string
  body: Record<string, unknown>
}

export interface ShopServer {
  url: string
  requests: ShopRequest[]
  close: () => Promise<void>
}

/** `POST /orders` gives an id, `GET /orders/:id` the order; HTTP Basic says whose it is. */
export async function startShop(): Promise<ShopServer> {
  const requests: ShopRequest[] = []
  const orders = new Map<string, unknown>()
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const text = Buffer.concat(chunks).toString()
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
      const basic = headers.authorization?.replace('Basic ', '') ?? ''
      requests.push({ method, url, body, user: Buffer.from(basic, 'base64').toString() })
      const [status, answer] = answerTo(method, url, body)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer))
    })
  })
  const answerTo = (method: string, url: string, body: object): [number, unknown] => {
    if (method === 'POST') {
      const id = `o-${orders.size + 1}`
      orders.set(id, { ...body, status: 'new' })
      return [201, { order: { id } }]
    }
    const id = url.split(/[/?]/)[2] ?? ''
    const order = orders.get(id)
    return order === undefined ? [404, { error: 'none' }] : [200, { id, ...order }]
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return { url, requests, close }
}
