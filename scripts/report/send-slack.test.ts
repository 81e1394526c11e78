import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { createVerdict } from '../../tests/support/report/example-verdict.ts'
import { sendSlack, slackWebhook } from './send-slack.ts'
import { slackMessage } from './slack.ts'

const SECRET = '/services/T000/B000/secret-token'
const message = slackMessage(createVerdict(), 'results/x')

async function stub(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${SECRET}`
}

test('a message arrives once, as JSON', async (t) => {
  const bodies: string[] = []
  const webhook = await stub(t, (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      bodies.push(body)
      response.end('ok')
    })
  })
  assert.equal(await sendSlack(webhook, message), undefined)
  assert.deepEqual(
    bodies.map((body) => JSON.parse(body) as unknown),
    [message],
  )
})

test('a webhook that refuses is said, with its status and no word of its address', async (t) => {
  const webhook = await stub(t, ({ url }, response) => {
    response.statusCode = 403
    response.end(`no_token ${url ?? ''}`)
  })
  assert.equal(await sendSlack(webhook, message), 'the webhook answered with 403')
})

test('a redirect is not followed', async (t) => {
  let requests = 0
  const webhook = await stub(t, (_, response) => {
    requests += 1
    response.writeHead(307, { location: `${SECRET}/other` }).end()
  })
  assert.equal(await sendSlack(webhook, message), 'the webhook redirects with 307')
  assert.equal(requests, 1)
})

test('a webhook that hangs is given up', async (t) => {
  const webhook = await stub(t, () => undefined)
  assert.equal(await sendSlack(webhook, message, 100), 'the webhook did not answer within 0.1 s')
})

test('a webhook that answers without end counts by its status', async (t) => {
  const webhook = await stub(t, (_, response) => response.writeHead(200).write('o'))
  assert.equal(await sendSlack(webhook, message, 2_000), undefined)
})

test('where nobody listens, only the code of the error is reported', async () => {
  const reason = await sendSlack(`http://127.0.0.1:1${SECRET}`, message)
  assert.match(reason ?? '', /^the webhook could not be reached( \([A-Z]+\))?$/)
})

for (const webhook of ['secret-token', 'ftp://e/secret-token', 'http://example.com/secret-token']) {
  test(`${webhook} is no webhook, and is not repeated`, async () => {
    const reason = await sendSlack(webhook, message)
    assert.equal(reason, 'K6_VERDICT_SLACK_WEBHOOK is no https address')
  })
}

test('an empty variable is none, and a line break at its end is no part of it', () => {
  assert.equal(slackWebhook({ K6_VERDICT_SLACK_WEBHOOK: ' \n' }), undefined)
  assert.equal(slackWebhook({ K6_VERDICT_SLACK_WEBHOOK: 'https://e\n' }), 'https://e')
})
