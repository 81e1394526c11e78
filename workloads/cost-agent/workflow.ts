import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { analyse } from './analyse.ts'
import { collect } from './collect.ts'
import { recommend } from './recommend.ts'

/** From end to end: new costs are collected, analysed, and recommendations made of them. */
export const workflow = (session: Session, data: IterationData): void => {
  collect(session, data)
  analyse(session, data)
  recommend(session, data)
}
