import { ToolkitError } from '../core/errors.ts'

/** The page cannot be put where it was wanted. */
export function pageUnwritable(path: string, cause: unknown): ToolkitError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ToolkitError({
    code: 'K6V_HISTORY_UNWRITABLE',
    message: `Expected a place for the page of all runs, got ${path}: ${reason}`,
    hint: 'Name a file in a folder that exists: "npm run k6 -- history --html runs.html".',
    exitCode: 1,
  })
}
