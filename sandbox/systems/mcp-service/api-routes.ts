import type { FastifyInstance } from 'fastify'
import { authenticate, callerOf } from '../../authenticate.ts'
import { CONTENT_CHARACTERS_MAX } from './document-work.ts'
import type { McpServices } from './system.ts'

const BODY = {
  type: 'object',
  required: ['content'],
  properties: {
    content: { type: 'string', minLength: 1, maxLength: CONTENT_CHARACTERS_MAX },
  },
}

const PARAMS = {
  type: 'object',
  properties: { id: { type: 'string', pattern: '^[1-9]\\d{0,14}$' } },
}

interface Named {
  Params: { id: string }
}

/** The work without the protocol: `POST /v1/validations`, and `/approval` and `/enhancement` of one of them. */
export function apiRoutes(app: FastifyInstance, { tokens, work }: McpServices): void {
  const onRequest = authenticate(tokens)
  const ofOne = { onRequest, schema: { params: PARAMS } }

  app.post<{ Body: { content: string } }>(
    '/v1/validations',
    { onRequest, schema: { body: BODY } },
    (request) => work.validate(callerOf(request).userId, request.body.content),
  )
  app.post<Named>('/v1/validations/:id/approval', ofOne, (request) =>
    work.approve(callerOf(request).userId, Number(request.params.id)),
  )
  app.post<Named>('/v1/validations/:id/enhancement', ofOne, (request) =>
    work.enhance(callerOf(request).userId, Number(request.params.id)),
  )
}
