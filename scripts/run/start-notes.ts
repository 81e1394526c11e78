import { ignoredTargets } from '../k6/environment.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { suspicionTexts } from '../sla/suspicion-texts.ts'

/** Lines before a run: what is suspicious in its SLA file, and which variables of the shell are left out. */
export function startNotes(
  objectives: readonly CompiledObjective[],
  env: NodeJS.ProcessEnv,
): string[] {
  const ignored = ignoredTargets(env)
  const left = `${ignored.join(', ')} of the shell is not used: --target says where to send`
  return [...suspicionTexts(objectives), ...(ignored.length > 0 ? [left] : [])]
}
