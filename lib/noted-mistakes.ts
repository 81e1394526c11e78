// Pure: read by k6 and by Node. Mistakes of a workload, collected while its files are evaluated.
import { isBundled } from './bundled-run.ts'

const noted: string[] = []

/**
 * Notes mistakes, to be named with all others before anything starts. In a script of its own, without a scenario of
 * the toolkit, they are thrown at once.
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
