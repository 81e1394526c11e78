import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { CANVAS_STATE, type CanvasState, canvasOf, ensureState, rememberEdit } from './canvas.ts'

const PATCH_STATE = endpoint('PATCH /v1/canvases/:id/state')

const validate = answerValidator<CanvasState, number>(PATCH_STATE, {
  schema: CANVAS_STATE,
  rules: {
    'edit-applied': ({ state }, edit) => state['edit'] === edit,
    'rest-kept': ({ state }) => state['currency'] === 'EUR',
  },
})

/** Changes one field; the others stay as they were. */
export const updateState = (session: Session, { index }: IterationData): void => {
  if (ensureState(session, index) !== undefined) changeState(session, index)
}

/** The canvas after a change; undefined where it was not accepted. */
export const changeState = (session: Session, edit: number): CanvasState | undefined => {
  const body = { state: { edit } }
  const response = session.send(PATCH_STATE, body, { params: canvasOf(session) })
  const changed = validate(response, edit)
  if (changed) rememberEdit(edit)
  return changed
}
