// Several users write one canvas at once. Each counts its own writes in a field of its own, and every accepted write
// adds one: so a write that gets lost shows in what is read afterwards.
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { failOperation } from '../../lib/operation.ts'
import type { Session } from '../../lib/session.ts'
import { CANVAS_STATE, type CanvasState } from './canvas.ts'

const READ = endpoint('GET /v1/canvases/:id/state', { statuses: [200, 404], label: 'shared' })
const SET = endpoint('PUT /v1/canvases/:id/state', { statuses: [200, 412], label: 'shared' })
const MERGE = endpoint('PATCH /v1/canvases/:id/state', { label: 'shared' })

/** Canvases, and how often a write is tried again after somebody else's. */
const CANVASES = 5
const TRIES_MAX = 10

// One VU is one user: how many of its writes the API has accepted, once it has read what was there.
let accepted: number | undefined

interface Mine {
  field: string
  accepted: number | undefined
}

const mine = ({ user }: Session): Mine => ({ field: `user-${user}`, accepted })
const canvasOf = ({ user }: Session) => ({ id: `shared-${user % CANVASES}` })
const countOf = ({ state }: CanvasState, field: string): number => Number(state[field] ?? 0)
const sumOf = ({ state }: CanvasState): number =>
  Object.values(state).reduce((sum: number, each) => sum + Number(each), 0)

const RULES = {
  'own-writes-kept': (canvas: CanvasState, { field, accepted: known }: Mine) =>
    known === undefined || countOf(canvas, field) === known,
  'no-write-lost': (canvas: CanvasState) => sumOf(canvas) === canvas.version,
}

const validateRead = answerValidator<CanvasState, Mine>(READ, {
  schema: CANVAS_STATE,
  rules: RULES,
})
const validateMerge = answerValidator<CanvasState, Mine>(MERGE, {
  schema: CANVAS_STATE,
  rules: RULES,
})
const validateSet = answerValidator<{ version?: number }>(SET, { schema: { type: 'object' } })

/** What is there now, compared with what was accepted; a canvas that nobody has written has version 0. */
const read = (session: Session): CanvasState | undefined => {
  const params = canvasOf(session)
  const response = session.send(READ, undefined, { params })
  if (response.status === 404 && accepted === undefined) return { ...params, version: 0, state: {} }
  const canvas = validateRead(response, mine(session))
  // Counted from what is there: a lost write is told once, and not by every later read.
  if (response.status === 200) accepted = countOf(response.json() as never, mine(session).field)
  return canvas
}

/** Reads and writes back with one more, unless somebody was faster: then it does both again. */
export const compareAndSet = (session: Session): void => {
  const params = canvasOf(session)
  const { field } = mine(session)
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const canvas = read(session)
    if (!canvas) return
    const state = { ...canvas.state, [field]: countOf(canvas, field) + 1 }
    const headers = { 'If-Match': `"${canvas.version}"` }
    const response = session.send(SET, { state }, { params, headers })
    if (!validateSet(response)) return
    if (response.status === 200) {
      accepted = countOf(canvas, field) + 1
      read(session)
      return
    }
  }
  failOperation('never-its-turn')
}

/** Merges its own field with one more, whatever others write meanwhile. */
export const mergeShared = (session: Session): void => {
  if (accepted === undefined) {
    compareAndSet(session)
    return
  }
  const { field } = mine(session)
  const next = accepted + 1
  const response = session.send(MERGE, { state: { [field]: next } }, { params: canvasOf(session) })
  if (response.status === 200) accepted = next
  validateMerge(response, mine(session))
  read(session)
}
