// A plan as `run` takes it: which options it has, and what it runs on.
import { Command } from 'commander'
import { addCloudOptions } from '../options/cloud-options.ts'
import { addKubernetesOptions } from '../options/kubernetes-options.ts'
import { addRunOptions, addSecondPassOption, type RunOptions } from '../options/run-options.ts'
import type { WorkloadFolder } from '../plan/scenario-files.ts'
import type { SoundPlan } from './check-plan.ts'
import { planFolder } from './plan-folder.ts'

const PLAN = /\.(ya?ml|json|plan\.ts)$/

/** Whether what is given to `run` is a plan: by its name, so that nothing has to be read to know it. */
export function isPlanFile(path: string): boolean {
  return PLAN.test(path)
}

/** `run` as it is for a plan: with the options of a scenario. */
export function planCommand(): Command {
  const command = new Command('run').exitOverride().argument('<plan>')
  return addCloudOptions(addKubernetesOptions(addSecondPassOption(addRunOptions(command), true)))
}

/** What a plan runs on, and the options with what the plan says and they do not. */
export async function scenarioOfPlan(
  sound: SoundPlan,
  options: RunOptions,
): Promise<{ workload: WorkloadFolder; options: RunOptions }> {
  const { plan } = sound
  const { workload, slaPath } = await planFolder(sound)
  const { sla, target } = options
  const own = {
    ...options,
    ...(slaPath !== undefined && sla === undefined && { sla: slaPath }),
    target: target.length === 0 && plan.target !== undefined ? [plan.target] : target,
  }
  return { workload, options: own }
}

/** Names the users of a plan, unless the environment of the run names others, which is on purpose. */
export function nameUsersFile(path: string, env: NodeJS.ProcessEnv): void {
  const isNamed = ['AUTH_USERS_FILE', 'AUTH_USERNAME', 'AUTH_PASSWORD'].some((name) => env[name])
  if (!isNamed) env['AUTH_USERS_FILE'] = path
}
