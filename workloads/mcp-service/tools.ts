// One validation, approval or enhancement by tools, with the steps that it depends on.
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { APPROVE, approved, documentOf, ENHANCE, enhanced, VALIDATE, validated } from './service.ts'

/** Validates a new document; undefined when the result was rejected. */
export const validate = (session: Session, { index }: IterationData): number | undefined =>
  validated(VALIDATE.call(session, { content: documentOf(index) }))?.id

/** Validates a document and approves it. */
export const approve = (session: Session, data: IterationData): number | undefined => {
  const id = validate(session, data)
  return id === undefined ? undefined : approved(APPROVE.call(session, { id }))?.id
}

/** Validates a document, approves it and enhances it. */
export const enhance = (session: Session, data: IterationData): void => {
  const id = approve(session, data)
  if (id !== undefined) enhanced(ENHANCE.call(session, { id }))
}
