// Pure: read by k6 and by Node. What gRPC calls its status codes, in the order of their numbers.
const NAMES = (
  'ok canceled unknown invalid-argument deadline-exceeded not-found already-exists permission-denied ' +
  'resource-exhausted failed-precondition aborted out-of-range unimplemented internal unavailable data-loss ' +
  'unauthenticated'
).split(' ')

/** `grpc-unavailable` for 14: the reason of a failed operation. */
export const statusReason = (status: number): string => `grpc-${NAMES[status] ?? status}`

/** k6 gives codes that look like numbers and equal none of JavaScript's: makes a number of one. */
export const codeOf = (status: unknown): number => Number(status)
