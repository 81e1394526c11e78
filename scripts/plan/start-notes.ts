import { ignoredOptions, ignoredTargets } from '../k6/environment.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { suspicionTexts } from '../sla/suspicions.ts'

const HOW = '--proxy, --insecure and k6Options of the workload say what k6 is to do'

/** Lines before a run: what is suspicious in its SLA file, and which variables of the shell are left out. */
export function startNotes(
  objectives: readonly CompiledObjective[],
  env: NodeJS.ProcessEnv,
): string[] {
  const ignored = ignoredTargets(env)
  const left = `${ignored.join(', ')} of the shell is not used: --target says where to send`
  const options = ignoredOptions(env)
  const without = `${options.join(', ')} of the shell stays out of the run: ${HOW}`
  return [
    ...suspicionTexts(objectives),
    ...(ignored.length > 0 ? [left] : []),
    ...(options.length > 0 ? [without] : []),
  ]
}
