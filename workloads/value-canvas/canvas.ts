import { endpoint } from '../../lib/endpoint.ts'
import type { JsonSchema } from '../../lib/json-schema.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'

/** The state of a canvas, as the API tells it. */
export interface CanvasState {
  id: string
  version: number
  state: Record<string, unknown>
}

export const CANVAS_STATE: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    state: { type: 'object' },
  },
}

const PUT_STATE = endpoint('PUT /v1/canvases/:id/state')

const validate = answerValidator<Omit<CanvasState, 'state'>, string>(PUT_STATE, {
  schema: {
    type: 'object',
    properties: { id: { type: 'string' }, version: { type: 'integer', minimum: 1 } },
  },
  rules: { 'own-canvas': (body, id) => body.id === id },
})

// One VU runs in one JavaScript runtime and has one canvas, so this is what it wrote last.
let lastEdit: number | undefined

/** The canvas of a user; nobody else writes to it. */
export const canvasOf = ({ user }: Session): { id: string } => {
  return { id: `canvas-${user}` }
}

/** Replaces the state of the user's canvas. */
export const putState = (session: Session, edit: number): void => {
  const params = canvasOf(session)
  const body = { state: { title: `Canvas of user ${session.user}`, edit, currency: 'EUR' } }
  if (validate(session.send(PUT_STATE, body, { params }), params.id)) lastEdit = edit
}

/** Makes sure that there is a state to work on, and gives the number of the last edit. */
export const ensureState = (session: Session, index: number): number | undefined => {
  if (lastEdit === undefined) putState(session, index)
  return lastEdit
}

/** Remembers what the API accepted, for reads to be compared with. */
export const rememberEdit = (edit: number): void => {
  lastEdit = edit
}
