import { dirname } from 'node:path'
import { ToolkitError } from '../core/errors.ts'
import { shownPath } from '../core/console.ts'

/** No folder of a run has that name. */
export function runNotFound(run: string, results: string, guess?: string): ToolkitError {
  const meant = guess === undefined ? '' : `; did you mean "${guess}"?`
  return new ToolkitError({
    code: 'K6V_RUN_NOT_FOUND',
    message: `Expected the folder of a run, its name in ${results}, or latest, got "${run}"${meant}`,
    hint: `Look into ${results}; "npm run k6 -- smoke" makes a first run.`,
  })
}

/** The folder is there, but nothing in it was judged. */
export function verdictMissing(path: string): ToolkitError {
  const folder = shownPath(dirname(path))
  return new ToolkitError({
    code: 'K6V_VERDICT_MISSING',
    message: `Expected a judged run, got ${folder}, which has no verdict.json`,
    hint: `If the run has ended, "npm run k6 -- judge ${folder}" judges what it recorded; k6.log in it tells more.`,
  })
}
