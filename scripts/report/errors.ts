import { ToolkitError } from '../core/errors.ts'

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
