// What an operation threw: counted always, logged the first times.
import { AUTH_ERROR } from './auth-error.ts'
import { logFirstErrors } from './first-errors.ts'
import { authFailures, scriptExceptions } from './metrics.ts'

/** Counts an error as a failed log-in or, everything else, as an exception of the script. */
export const countFailure = (operation: string, error: unknown): void => {
  if (error instanceof Error && error.name === AUTH_ERROR) {
    authFailures.add(1)
    logFirstErrors(`${operation}: ${error.message}`)
    return
  }
  scriptExceptions.add(1)
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  logFirstErrors(`${operation}: script exception: ${told}`)
}
