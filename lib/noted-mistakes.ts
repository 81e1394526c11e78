// Pure: read by k6 and by Node. Mistakes of a workload, collected while its files are evaluated.
import { isBundled } from './bundled-run.ts'

const noted: string[] = []

/**
 * Collects mistakes, so that all of them are reported together before anything starts. In a script that uses lib/
 * without a scenario of the toolkit, nobody would report them later: there they are thrown at once.
 */
export const noteMistakes = (mistakes: readonly string[]): void => {
  noted.push(...mistakes)
  if (!isBundled()) throwMistakes([])
}

/** @throws Error that names everything noted so far, and more */
export const throwMistakes = (more: readonly string[]): void => {
  const all = [...more, ...noted]
  if (all.length === 0) return
  const error =
    new Error(`The workload has ${all.length === 1 ? 'a mistake' : `${all.length} mistakes`}:
${all.map((mistake) => `- ${mistake}`).join('\n')}`)
  throw Object.assign(error, { name: 'WorkloadMistakes' })
}
