import { ToolkitError } from '../errors.ts'

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
  return new ToolkitError({
    code: 'K6V_VERDICT_MISSING',
    message: `Expected a judged run, got no file ${path}`,
    hint: 'The run is still going on, or ended before it was judged: k6.log in its folder tells more.',
  })
}

/** The verdict cannot be read as what this toolkit writes. */
export function verdictBroken(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_VERDICT_BROKEN',
    message: `Expected ${path} to be a whole verdict: ${reason}`,
    hint: 'A full disk tears files, and other versions write other ones: run the scenario again.',
  })
}

/** There is nothing to print with. */
export function chromiumNotFound(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_CHROMIUM_NOT_FOUND',
    message: `Expected Chromium for the PDF, ${reason}`,
    hint: 'Install it ("apt-get install chromium"), or let CHROMIUM_BIN name a Chromium or Chrome.',
    exitCode: 1,
  })
}

/** Chromium ran, and left no PDF. */
export function pdfFailed(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PDF_FAILED',
    message: `Chromium printed no PDF: ${reason}`,
    hint: 'Open report.html in a browser and print it there, or let CHROMIUM_BIN name another one.',
    exitCode: 1,
  })
}
