import type { Diagnosis } from './diagnosis.ts'
import { GENERATOR_FAULT } from './generator-near-limit.ts'

const LINES_MAX = 5

/**
 * The diagnosis for a terminal: a line each, five at most; `verdict.json` has them all, with advice. Faults
 * of the generator are left out: the reasons of the verdict name them already.
 *
 * @param all missing in the file of an older version
 */
export function diagnosisLines(all: readonly Diagnosis[] = []): string[] {
  const diagnosis = all.filter(({ id }) => id !== GENERATOR_FAULT)
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
