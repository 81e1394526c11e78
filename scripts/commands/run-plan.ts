import { Command } from 'commander'
import { readPlan, type SoundPlan } from '../plan-file/check-plan.ts'
import { notWithPlan } from '../plan-file/errors.ts'
import { planFolder } from '../plan-file/plan-folder.ts'
import type { WorkloadFolder } from '../run/scenario-files.ts'
import { userPath } from '../script/typed-path.ts'
import { addCloudOptions } from './cloud-options.ts'
import { addKubernetesOptions } from './kubernetes-options.ts'
import { runOn } from './run.ts'
import { addRunOptions, addSecondPassOption, type RunOptions } from './run-options.ts'

/**
 * Runs a plan as a scenario of that name; the exit code says the verdict.
 *
 * @throws ToolkitError before anything is started, with every problem of the plan
 */
export async function runPlan(words: readonly string[]): Promise<number> {
  const { path, options } = planArguments(words)
  const sound = await readPlan(path)
  const { workload, options: all } = await scenarioOfPlan(sound, options)
  const { usersFile } = sound.files
  if (usersFile !== undefined) nameUsersFile(usersFile, process.env)
  return runOn(workload, sound.plan.name, all)
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

/** `run` as it is for a plan: with the options of a scenario. */
export function planCommand(): Command {
  const command = new Command('run').exitOverride().argument('<plan>')
  return addCloudOptions(addKubernetesOptions(addSecondPassOption(addRunOptions(command), true)))
}

function planArguments(words: readonly string[]): { path: string; options: RunOptions } {
  const command = planCommand()
  command.configureOutput({ writeErr: () => undefined }).parse([...words], { from: 'user' })
  if (command.getOptionValueSource('workload') === 'cli') {
    throw notWithPlan('--workload', 'the plan itself says what its users do')
  }
  return { path: userPath(command.args[0] ?? '', process.env), options: command.opts() }
}

/** Names the users of a plan, unless the environment of the run names others, which is on purpose. */
export function nameUsersFile(path: string, env: NodeJS.ProcessEnv): void {
  const isNamed = ['AUTH_USERS_FILE', 'AUTH_USERNAME', 'AUTH_PASSWORD'].some((name) => env[name])
  if (!isNamed) env['AUTH_USERS_FILE'] = path
}
