import type { FastifyInstance } from 'fastify'
import { ApiError } from '../api-error.ts'
import { isPassword } from '../password.ts'
import type { Segment } from '../seed-users.ts'
import type { Services } from '../services.ts'

const CREDENTIALS = {
  type: 'object',
  required: ['username', 'password'],
  properties: {
    username: { type: 'string', minLength: 1, maxLength: 100 },
    password: { type: 'string', minLength: 1, maxLength: 100 },
  },
}

const REFRESH = {
  type: 'object',
  required: ['refresh_token'],
  properties: { refresh_token: { type: 'string', minLength: 1, maxLength: 1_000 } },
}

const TOKEN_PAIR = {
  type: 'object',
  properties: {
    access_token: { type: 'string' },
    refresh_token: { type: 'string' },
    token_type: { type: 'string' },
    expires_in: { type: 'integer' },
  },
}

/** `POST /v1/auth/login` and `POST /v1/auth/refresh`: a pair of tokens, or 401. */
export function authRoutes(app: FastifyInstance, { store, tokens }: Services): void {
  const response = { 200: TOKEN_PAIR }

  app.post<{ Body: { username: string; password: string } }>(
    '/v1/auth/login',
    { schema: { body: CREDENTIALS, response } },
    async ({ body: { username, password } }) => {
      const user = await store.findUser(username)
      if (!isPassword(password, user?.password_digest) || user === undefined) {
        throw new ApiError(401, 'wrong_credentials', 'Expected a known username and its password')
      }
      return tokens.issuePair({ userId: user.id, segment: user.segment as Segment })
    },
  )

  app.post<{ Body: { refresh_token: string } }>(
    '/v1/auth/refresh',
    { schema: { body: REFRESH, response } },
    ({ body }, reply) => {
      void reply.send(tokens.issuePair(tokens.verify(body.refresh_token, 'refresh')))
    },
  )
}
