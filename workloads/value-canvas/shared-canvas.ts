// Several users write to one canvas at once. Each counts its accepted writes in a field named after the user, and every
// accepted write adds one to the version: a write that gets lost shows in the next read.
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { failOperation } from '../../lib/operation.ts'
import type { Response, Session } from '../../lib/session.ts'
import { CANVAS_STATE, type CanvasState } from './canvas.ts'

const READ = endpoint('GET /v1/canvases/:id/state', { statuses: [200, 404], label: 'shared' })
const SET = endpoint('PUT /v1/canvases/:id/state', { statuses: [200, 412], label: 'shared' })
const MERGE = endpoint('PATCH /v1/canvases/:id/state', { label: 'shared' })

const CANVASES = 5
/** How often a user tries again when another user's write came first. */
const TRIES_MAX = 10

// One VU is one user: how many of its writes the API has accepted. Unknown before the first read, and after a write
// without an answer, which may have been stored.
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

/** Reads the canvas and compares it with what was accepted; one that does not exist yet has version 0. */
const read = (session: Session): CanvasState | undefined => {
  const params = canvasOf(session)
  const response = session.send(READ, undefined, { params })
  if (response.status === 404 && accepted === undefined) return { ...params, version: 0, state: {} }
  const canvas = validateRead(response, mine(session))
  // Counts from what is stored, so that a lost write fails one read and not all later ones.
  accepted = storedCount(response, mine(session).field)
  return canvas
}

// Also of a response that was rejected; undefined if it is no canvas at all.
const storedCount = (response: Response, field: string): number | undefined => {
  try {
    // k6 types JSON as JSONValue, which fits no interface. The body is unchecked: whatever it lacks throws here.
    return countOf(response.json() as unknown as CanvasState, field)
  } catch {
    return undefined
  }
}

/** Reads, adds one and writes back if nobody else has written meanwhile; else it does both again. */
export const compareAndSet = (session: Session): void => {
  const params = canvasOf(session)
  const { field } = mine(session)
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const canvas = read(session)
    if (!canvas) return
    const state = { ...canvas.state, [field]: countOf(canvas, field) + 1 }
    const headers = { 'If-Match': `"${canvas.version}"` }
    const response = session.send(SET, { state }, { params, headers })
    if (!validateSet(response)) {
      accepted = undefined
      return
    }
    if (response.status === 200) {
      accepted = countOf(canvas, field) + 1
      read(session)
      return
    }
  }
  failOperation('never-its-turn')
}

/** Adds one to the user's field by a merge, whatever other users write meanwhile. */
export const mergeShared = (session: Session): void => {
  if (accepted === undefined) {
    compareAndSet(session)
    return
  }
  const { field } = mine(session)
  const next = accepted + 1
  const response = session.send(MERGE, { state: { [field]: next } }, { params: canvasOf(session) })
  accepted = response.status === 200 ? next : undefined
  validateMerge(response, mine(session))
  read(session)
}
