import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { analyse } from './analyse.ts'
import { collect } from './collect.ts'
import { recommend } from './recommend.ts'

/** From end to end: collects new costs, analyses them and asks for recommendations. */
export const workflow = (session: Session, data: IterationData): void => {
  if (!collect(session, data)) return
  analyse(session, data)
  recommend(session, data)
}
