// What arrives at a server, and what k6 records of it, when a user repeats itself and when it does not.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { runLibrary } from './library-run.ts'

const SCRIPT = `
import { endpoint } from './endpoint.ts'
import { createSend } from './session.ts'

const LIST = endpoint('GET /things')
const ONE = endpoint('GET /things/:id')
const ADD = endpoint('POST /things')
const here = createSend(__ENV.HERE)
const there = createSend(__ENV.THERE)

export const options = {
  thresholds: {
    http_reqs: ['count==12'],
    'http_reqs{name:GET /things}': ['count==7'],
    'http_reqs{name:GET /things/:id}': ['count==2'],
    'http_reqs{name:POST /things}': ['count==3'],
    'http_reqs{mine:yes}': ['count==1'],
  },
}

export default () => {
  here(LIST)
  here(LIST)
  here(LIST, undefined, { query: { page: 2 } })
  there(LIST)
  here(LIST)
  here(ADD, { a: 1 })
  here(ADD, { a: 2 })
  here(ADD)
  here(LIST, undefined, { tags: { mine: 'yes', name: 'not this' } })
  here(LIST, undefined, { headers: { 'x-own': '1' } })
  here(ONE, undefined, { params: { id: '7' } })
  here(ONE, undefined, { params: { id: 'a b' } })
}
`

test("each request goes where it is sent, with its own body and headers, under its endpoint's name", async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    const { host = '', 'content-type': type = '-', 'x-own': own = '-' } = request.headers
    const place = host.startsWith('localhost') ? 'there' : 'here'
    let body = ''
    request.on('data', (chunk: Buffer) => (body += String(chunk)))
    request.on('end', () => {
      seen.push([place, request.method, request.url, type, String(own), body].join(' ').trim())
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const env = { HERE: `http://127.0.0.1:${port}`, THERE: `http://localhost:${port}` }
    const { exitCode, stderr } = await runLibrary({ script: { text: SCRIPT, folder: 'lib' }, env })

    assert.equal(exitCode, 0, stderr)
    assert.deepEqual(seen, [
      'here GET /things - -',
      'here GET /things - -',
      'here GET /things?page=2 - -',
      'there GET /things - -',
      'here GET /things - -',
      'here POST /things application/json - {"a":1}',
      'here POST /things application/json - {"a":2}',
      'here POST /things - -',
      'here GET /things - -',
      'here GET /things - 1',
      'here GET /things/7 - -',
      'here GET /things/a%20b - -',
    ])
  } finally {
    server.close()
  }
})
