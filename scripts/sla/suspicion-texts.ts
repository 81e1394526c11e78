import type { CompiledObjective } from './compiled.ts'
import { formatProblem } from './problem.ts'

/** What is suspicious in the SLA file, each once, for the terminal before a run starts. */
export function suspicionTexts(objectives: readonly CompiledObjective[]): string[] {
  const found = objectives.flatMap(({ suspicions = [] }) => suspicions)
  return [...new Set(found.map((problem) => `! SLA file: ${formatProblem(problem)}`))]
}
