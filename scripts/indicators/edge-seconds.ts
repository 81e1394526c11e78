import type { Operator } from '../core/limit.ts'

// A request belongs to the phase in which it began, so the count of a phase is uncertain by what was
// under way at its two ends. Without this, 1000/s offered would miss >= 1000/s by one request.
const EDGE_SECONDS = 0.1

/** What a rate's time may be longer or shorter by, in favour of the target. */
export function edgeSeconds(operator: Operator): number {
  return operator.startsWith('>') ? -EDGE_SECONDS : EDGE_SECONDS
}
