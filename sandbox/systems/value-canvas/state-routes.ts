import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../api-error.ts'
import { authenticate } from '../../authenticate.ts'
import { stateText } from './canvas-state.ts'
import type { StoredState } from './canvas-store.ts'
import type { CanvasServices } from './system.ts'

/** The id in a canvas's path. */
export const CANVAS_PARAMS = {
  type: 'object',
  properties: { id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } },
}

const BODY = {
  type: 'object',
  required: ['state'],
  properties: { state: { type: 'object' } },
}

const JSON_TYPE = 'application/json; charset=utf-8'

interface Params {
  id: string
}

interface Write {
  Params: Params
  Body: { state: object }
}

/** `PUT`, `PATCH` and `GET /v1/canvases/:id/state`: replace, merge and read. Canvases have no owner. */
export function canvasStateRoutes(
  app: FastifyInstance,
  { canvases, tokens }: CanvasServices,
): void {
  const url = '/v1/canvases/:id/state'
  const onRequest = authenticate(tokens)
  const write = { onRequest, schema: { params: CANVAS_PARAMS, body: BODY } }

  app.put<Write>(url, write, async ({ params: { id }, body }) => {
    const { version, updated_at } = await canvases.replace(id, stateText(body.state))
    return { id, version, updated_at }
  })

  app.patch<Write>(url, write, async ({ params: { id }, body }, reply) => {
    const merged = await canvases.merge(id, body.state)
    return reply.type(JSON_TYPE).send(canvasText(id, merged))
  })

  app.get<{ Params: Params }>(
    url,
    { onRequest, schema: { params: CANVAS_PARAMS } },
    async ({ params: { id } }, reply) =>
      reply.type(JSON_TYPE).send(canvasText(id, await canvases.find(id))),
  )
}

/** A failure for a canvas that nobody has written yet. */
export function noSuchCanvas(id: string): ApiError {
  return new ApiError(404, 'not_found', `Expected a canvas with a state, got id ${id}`)
}

/** The state is JSON text already, and the other fields cannot hold anything to escape. */
function canvasText(id: string, stored: StoredState | undefined): string {
  if (stored === undefined) throw noSuchCanvas(id)
  const { version, state, updated_at } = stored
  return `{"id":"${id}","version":${version},"state":${state},"updated_at":"${updated_at}"}`
}
