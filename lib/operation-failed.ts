// Pure: read by k6 and by Node. These errors are plain Error objects: a class that extends Error costs each VU 5 KB.

/** Name of an error that says: the operation has failed, and no script is to blame. */
const OPERATION_ERROR = 'OperationError'

/** Fails the operation that does not catch it; only then it is counted, under its reason. */
export interface OperationError extends Error {
  name: typeof OPERATION_ERROR
  reason: string
}

/**
 * What to throw where an operation cannot go on. Whoever catches it may try again, and nothing is counted.
 *
 * @param reason one of a few words that never change, such as `ws-closed`
 * @param message for k6's log
 */
export const operationFailed = (reason: string, message: string): OperationError => {
  return Object.assign(new Error(message), { name: OPERATION_ERROR, reason } as const)
}

/** Whether the operation has failed, in contrast to a script that threw. */
export const isOperationError = (error: unknown): error is OperationError => {
  return error instanceof Error && error.name === OPERATION_ERROR
}
