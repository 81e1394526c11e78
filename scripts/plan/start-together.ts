import { type Bundle, type BundleRequest, bundleScenario } from './bundle.ts'
import { interrupted } from './errors.ts'
import { openTarget, type OpenTarget } from './open-target.ts'
import { hasOtherScenarios, type WorkloadFolder } from './scenario-files.ts'
import type { Reaching } from './disk-space.ts'
import type { Targets } from './target.ts'
import { ignoredOptions, ignoredTargets } from '../k6/environment.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { suspicionTexts } from '../sla/suspicions.ts'

export interface StartInput {
  request: BundleRequest
  targets: Targets
  reaching: Reaching
  stop: AbortSignal
}

/** What k6 needs, ready at the same time. */
export interface Started {
  target: OpenTarget
  bundle: Bundle
}

/**
 * Opens the target and bundles the script side by side. Where one fails, nothing is left running.
 *
 * @throws ToolkitError, that of the target first
 */
export async function startTogether({
  request,
  targets,
  reaching,
  stop,
}: StartInput): Promise<Started> {
  const [target, bundle] = await Promise.allSettled([
    openTarget(targets, systemOf(request.workload), reaching),
    bundleScenario(request),
  ])
  const isWhole = [target, bundle].every(({ status }) => status === 'fulfilled')
  if (target.status === 'fulfilled' && (!isWhole || stop.aborted)) await target.value.close()
  const started = { target: valueOf(target), bundle: valueOf(bundle) }
  if (stop.aborted) throw interrupted()
  return started
}

// A plan file may call whatever the sandbox has.
function systemOf(workload: WorkloadFolder): string {
  return hasOtherScenarios(workload) ? workload.name : 'all'
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'fulfilled') return result.value
  throw result.reason
}

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
