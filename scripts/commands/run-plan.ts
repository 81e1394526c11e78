import { readPlan } from '../plan-file/check-plan.ts'
import { notWithPlan } from '../plan-file/errors.ts'
import { nameUsersFile, planCommand, scenarioOfPlan } from '../plan-file/plan-command.ts'
import type { RunOptions } from '../options/run-options.ts'
import { userPath } from '../script/typed-path.ts'
import { runOn } from './run.ts'

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

function planArguments(words: readonly string[]): { path: string; options: RunOptions } {
  const command = planCommand()
  command.configureOutput({ writeErr: () => undefined }).parse([...words], { from: 'user' })
  if (command.getOptionValueSource('workload') === 'cli') {
    throw notWithPlan('--workload', 'the plan itself says what its users do')
  }
  return { path: userPath(command.args[0] ?? '', process.env), options: command.opts() }
}
