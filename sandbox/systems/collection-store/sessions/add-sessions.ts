import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from '../../../api-error.ts'
import { isPassword } from '../../../password.ts'
import { EveryNth } from '../../../planted-faults.ts'
import type { StoreParts } from '../system.ts'
import { SessionStore } from './session-store.ts'

const TEXT = { type: 'string', minLength: 1, maxLength: 100 }

const CREDENTIALS = {
  type: 'object',
  required: ['username', 'password'],
  properties: { username: TEXT, password: TEXT },
}

const REFRESH = {
  type: 'object',
  required: ['refresh_token'],
  properties: { refresh_token: TEXT },
}

/** `/v1/store/sessions`: log in, validate, refresh and log out. The session is the bearer token. */
export function addSessions(app: FastifyInstance, { services, settings }: StoreParts): void {
  const { database, store, storedRows } = services
  const sessions = new SessionStore(database, settings.storeSessionSeconds)
  const failing = new EveryNth(settings.storeRefreshFailEvery)
  storedRows['stored_sessions'] = () => sessions.count()

  app.post<{ Body: { username: string; password: string } }>(
    '/v1/store/sessions',
    { schema: { body: CREDENTIALS } },
    async ({ body: { username, password } }, reply) => {
      const user = await store.findUser(username)
      if (!isPassword(password, user?.password_digest)) {
        throw new ApiError(401, 'wrong_credentials', 'Expected a known username and its password')
      }
      return reply.code(201).send(await sessions.begin(username))
    },
  )

  app.get('/v1/store/sessions/current', async (request) => {
    return (await sessions.find(tokenOf(request))) ?? refuse('an open session')
  })

  app.post<{ Body: { refresh_token: string } }>(
    '/v1/store/sessions/refresh',
    { schema: { body: REFRESH } },
    async ({ body }) => {
      if (failing.next())
        throw new ApiError(500, 'refresh_failed', 'Planted by SANDBOX_STORE_REFRESH_FAIL_EVERY')
      return (await sessions.refresh(body.refresh_token)) ?? refuse('the latest refresh token')
    },
  )

  app.delete('/v1/store/sessions/current', async (request, reply) => {
    if (!(await sessions.end(tokenOf(request)))) refuse('an open session')
    return reply.code(204).send()
  })
}

function tokenOf({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  return token ?? refuse('a header "Authorization: Bearer <session token>"')
}

function refuse(what: string): never {
  throw new ApiError(401, 'session_invalid', `Expected ${what}`)
}
