import type { Session } from '../../lib/session.ts'
import { withWebSocket } from '../../lib/web-socket.ts'
import type { IterationData } from '../../lib/workload.ts'
import { canvasOf, ensureState } from './canvas.ts'
import { changeState } from './update-state.ts'

const CHANGES = '/v1/canvases/:id/changes'

interface Told {
  type: 'following' | 'changed'
  version: number
}

/** Follows the canvas, changes it, and stays until the change is told: the operation fails where it never is. */
export const subscribe = (
  session: Session,
  { index }: IterationData,
): Promise<void> | undefined => {
  if (ensureState(session, index) === undefined) return undefined
  const params = canvasOf(session)
  return withWebSocket(session, { path: CHANGES, params }, async ({ receive }) => {
    await receive<Told>(({ type }) => type === 'following')
    const changed = changeState(session, index)
    if (!changed) return
    await receive<Told>(({ type, version }) => type === 'changed' && version === changed.version)
  })
}
