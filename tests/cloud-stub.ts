// A local stand-in for the API of Grafana Cloud k6.
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import { cloudAnswers, type Seen, type StubBehaviour } from './cloud-answers.ts'

export interface CloudStub extends Seen {
  url: string
  /** Environment that makes k6 and the toolkit use it. */
  env: Record<string, string>
  close: () => Promise<void>
}

/** Of the tests only; it must never be found in a file. */
export const TOKEN = 'glsa-stub-token-8c1f55'

export async function startCloudStub(behaviour: StubBehaviour = {}): Promise<CloudStub> {
  const seen: Seen = { calls: [], archives: [], bodies: [] }
  let url = ''
  const answerTo = cloudAnswers(behaviour, seen, () => url)
  const app = fastify()
  await app.register(websocket)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  // The script's log, which stays empty.
  app.get('/api/v1/tail', { websocket: true }, () => undefined)
  app.all('*', async (request, reply) => {
    const { authorization = '' } = request.headers
    if (!authorization.includes(TOKEN)) {
      // Some services repeat what they were sent.
      const message = `token "${authorization}" is not valid`
      return reply.code(401).send({ error: { code: 'unauthorized', message } })
    }
    const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0)
    const answer = answerTo(`${request.method} ${request.url.split('?')[0]}`, body)
    if (!answer) {
      // Gone in the middle of a call, and for good.
      app.server.close()
      app.server.closeAllConnections()
      return reply.hijack()
    }
    const [status, value] = answer
    const text = value === undefined ? '' : JSON.stringify(value)
    return reply.code(status).type('application/json').send(text)
  })
  url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    ...seen,
    url,
    env: {
      K6_CLOUD_HOST_V6: url,
      K6_CLOUD_HOST: url,
      K6_CLOUD_LOGS_TAIL_URL: `${url.replace('http', 'ws')}/api/v1/tail`,
      K6_CLOUD_TOKEN: TOKEN,
      K6_CLOUD_STACK_ID: '7',
      K6_CLOUD_PROJECT_ID: '1',
    },
    close: async () => {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}
