import { Command } from 'commander'
import { readPlan } from '../plan-file/check-plan.ts'
import { notWithPlan } from '../plan-file/errors.ts'
import { planFolder } from '../plan-file/plan-folder.ts'
import { userPath } from '../script/user-folder.ts'
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
  const { plan, files } = sound
  const { workload, slaPath } = await planFolder(sound)
  if (files.usersFile !== undefined) nameUsersFile(files.usersFile, process.env)
  const { sla, target } = options
  return runOn(workload, plan.name, {
    ...options,
    ...(slaPath !== undefined && sla === undefined && { sla: slaPath }),
    target: target.length === 0 && plan.target !== undefined ? [plan.target] : target,
  })
}

function planArguments(words: readonly string[]): { path: string; options: RunOptions } {
  const command = new Command('run').exitOverride().argument('<plan>')
  addCloudOptions(addKubernetesOptions(addSecondPassOption(addRunOptions(command), true)))
  command.configureOutput({ writeErr: () => undefined }).parse([...words], { from: 'user' })
  if (command.getOptionValueSource('workload') === 'cli') {
    throw notWithPlan('--workload', 'it says itself what its users do')
  }
  return { path: userPath(command.args[0] ?? '', process.env), options: command.opts() }
}

// Who sets the environment for a run has named other users on purpose.
function nameUsersFile(path: string, env: NodeJS.ProcessEnv): void {
  const isNamed = ['AUTH_USERS_FILE', 'AUTH_USERNAME', 'AUTH_PASSWORD'].some((name) => env[name])
  if (!isNamed) env['AUTH_USERS_FILE'] = path
}
