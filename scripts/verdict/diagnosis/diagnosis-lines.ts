import type { Diagnosis } from './diagnosis.ts'

const LINES_MAX = 5

/**
 * The diagnosis for a terminal: a line each, five at most; `verdict.json` has them all, with advice.
 *
 * @param diagnosis missing in the file of an older version
 */
export function diagnosisLines(diagnosis: readonly Diagnosis[] = []): string[] {
  const isCut = diagnosis.length > LINES_MAX
  const shown = isCut ? diagnosis.slice(0, LINES_MAX - 1) : diagnosis
  const left = diagnosis.length - shown.length
  return [
    ...shown.map(({ title, text }, index) => {
      return `${index === 0 ? 'Diagnosis       ' : '  '}${title}: ${text}`
    }),
    ...(isCut ? [`  ${left} more in verdict.json`] : []),
  ]
}
