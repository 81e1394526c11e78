// Labels that would multiply every series of a Prometheus, in runs that stream to one. They travel as
// k6's metadata: recorded with each sample, pushed by no metrics output, and counted by the toolkit.
import exec from 'k6/execution'
import { claimsOf } from './auth/jwt.ts'
import { headersOf, type Session } from './session.ts'
import type { Workload } from './workload.ts'

/** Sets a label of the samples that follow; without a value it is taken away. */
export const setLabel = (name: string, value: string | undefined): void => {
  const { metadata } = exec.vu.metrics
  if (value === undefined) Reflect.deleteProperty(metadata, name)
  else metadata[name] = value
}

/**
 * Labels what a user does with its segment, to be called in each iteration: k6 forgets the metadata of a
 * VU that rested. The segment is a claim of the user's access token, a JSON Web Token (RFC 7519).
 */
export const segmentLabel = ({
  segmentClaim,
}: Pick<Workload, 'segmentClaim'>): ((session: Session) => void) | undefined => {
  if (segmentClaim === undefined) return undefined
  let known: Session | undefined
  let segment: string | undefined
  return (session) => {
    if (session !== known) segment = segmentOf(session, segmentClaim)
    known = session
    setLabel('segment', segment)
  }
}

// A token of another kind has no claims: its users have no segment.
const segmentOf = (session: Session, claim: string): string | undefined => {
  const value = claimsOf(headersOf(session)['Authorization'] ?? '')[claim]
  return typeof value === 'string' ? value : undefined
}
