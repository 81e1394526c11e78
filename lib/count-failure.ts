// What an operation threw: counted always, logged the first times.
import { AUTH_ERROR } from './auth/auth-error.ts'
import { logFirstErrors } from './first-errors.ts'
import { scriptExceptions } from './metrics.ts'
import { failOperation, noteFailure } from './operation.ts'
import { isOperationError } from './operation-failed.ts'

/** Counts an error as an exception of the script; a failed log-in has been counted where it failed. */
export const countFailure = (operation: string, error: unknown): void => {
  noteFailure()
  if (error instanceof Error && error.name === AUTH_ERROR) {
    logFirstErrors(`${operation}: ${error.message}`)
    return
  }
  if (isOperationError(error)) {
    failOperation(error.reason)
    logFirstErrors(`${operation}: ${error.message}`)
    return
  }
  scriptExceptions.add(1)
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  logFirstErrors(`${operation}: script exception: ${told}`)
}
