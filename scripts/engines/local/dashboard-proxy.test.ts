import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { proxyDashboard } from './dashboard-proxy.ts'

/** A dashboard that answers so, and what a browser gets of it. */
async function dashboard(t: TestContext, answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await proxyDashboard((server.address() as AddressInfo).port)
  t.after(() => {
    proxy.close()
    server.close()
    server.closeAllConnections()
  })
  const { port } = new URL(proxy.url)
  return (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, agent: false }, (got) => {
        let text = ''
        got.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        got.on('end', () => resolve(text))
        got.on('error', reject)
      }).on('error', reject)
    })
}

test('the last event is passed on, then k6 and the browser are rid of each other', async (t) => {
  let hasLeft: Promise<unknown> = Promise.resolve()
  const read = await dashboard(t, (_asked, answer) => {
    hasLeft = once(answer, 'close')
    // Cut in its midst, as a long event is.
    answer.write('id: 1\ndata: []\nevent: snapshot\n\nid: 2\ndata: []\nevent: st')
    setImmediate(() => answer.write('op\nretry: 9007199254740991\n\n'))
  })
  assert.match(await read('/events'), /event: snapshot\n[^]*event: stop\n/)
  await hasLeft
})

test('two dashboards at once have different ports', async (t) => {
  const one = await dashboard(t, (_asked, answer) => answer.end('one'))
  const other = await dashboard(t, (_asked, answer) => answer.end('other'))
  assert.deepEqual([await one('/ui/'), await other('/ui/')], ['one', 'other'])
})

test('what a browser asks for goes to k6 and nowhere else', async (t) => {
  const read = await dashboard(t, ({ url }, answer) => answer.end(`k6 was asked for ${url ?? ''}`))
  const elsewhere = 'http://127.0.0.1:1/elsewhere'
  assert.equal(await read(elsewhere), `k6 was asked for ${elsewhere}`)
})
