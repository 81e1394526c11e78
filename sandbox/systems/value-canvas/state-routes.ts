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

  app.put<Write>(url, write, async ({ params: { id }, headers, body }) => {
    const wanted = versionIn(headers['if-match'])
    const state = stateText(body.state)
    const written =
      wanted === undefined
        ? await canvases.replace(id, state)
        : await canvases.compareAndSet(id, wanted, state)
    if (written === undefined) throw otherVersion(id, wanted)
    return { id, version: written.version, updated_at: written.updated_at }
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

/** `If-Match: "3"` writes only over version 3, `"0"` only where there is no state yet. @throws ApiError 400 */
function versionIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const [, version] = /^"(\d{1,15})"$/.exec(header) ?? []
  if (version !== undefined) return Number(version)
  throw new ApiError(400, 'invalid_request', 'Expected If-Match to be a version such as "3"')
}

function otherVersion(id: string, wanted = 0): ApiError {
  const message = `Expected canvas ${id} to have version ${wanted}, got another one: read it again`
  return new ApiError(412, 'version_changed', message)
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
