import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { putState } from './canvas.ts'

/** Begins a canvas anew. */
export const setState = (session: Session, { index }: IterationData): void => {
  putState(session, index)
}
