import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { CANVAS_STATE, type CanvasState, canvasOf, ensureState } from './canvas.ts'

const GET_STATE = endpoint('GET /v1/canvases/:id/state')

const validate = answerValidator<CanvasState, number>(GET_STATE, {
  schema: CANVAS_STATE,
  // Read your own writes: the last accepted edit, never an older one.
  rules: { 'last-edit-read': ({ state }, edit) => state['edit'] === edit },
})

/** Looks at the canvas; it must show what this user wrote last. */
export const readState = (session: Session, { index }: IterationData): void => {
  const edit = ensureState(session, index)
  if (edit === undefined) return
  validate(session.send(GET_STATE, undefined, { params: canvasOf(session) }), edit)
}
