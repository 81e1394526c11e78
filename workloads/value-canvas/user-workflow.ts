import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { executeWorkflow } from './execute-workflow.ts'
import { readState } from './read-state.ts'
import { setState } from './set-state.ts'
import { subscribe } from './subscribe.ts'
import { updateState } from './update-state.ts'

/** The whole workflow of a user, step by step; the operation fails if a step does. */
export const userWorkflow = (session: Session, data: IterationData): Promise<void> | undefined => {
  setState(session, data)
  executeWorkflow(session, data)
  updateState(session, data)
  readState(session, data)
  return subscribe(session, data)
}
