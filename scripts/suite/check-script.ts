import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import { ToolkitError } from '../errors.ts'
import { scriptArguments } from '../script/script-arguments.ts'
import { userPath } from '../script/user-folder.ts'
import { type Problem, quote } from '../sla/problem.ts'
import type { RawRun } from './suite-file.ts'

/** Whether a script is there, and its flags are flags of k6. */
export function checkScript(
  { script = '', flags = [] }: RawRun,
  path: string,
  { command, env }: { command: Command; env: NodeJS.ProcessEnv },
): Problem[] {
  const problems: Problem[] = []
  if (!existsSync(userPath(script, env))) {
    const hint = 'A relative path begins where the command is typed.'
    problems.push({ path: `${path}.script`, expected: 'a file', found: quote(script), hint })
  }
  try {
    const { own } = scriptArguments([...flags, script], command.options)
    if (own.length > 0) {
      const hint = "Options of the toolkit are keys of the run; flags are k6's."
      problems.push({
        path: `${path}.flags`,
        expected: 'flags of k6 alone',
        found: quote(own),
        hint,
      })
    }
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    problems.push({
      path: `${path}.flags`,
      expected: 'flags of "k6 run"',
      found: quote(flags),
      hint: `${error.message}. ${error.hint}`,
    })
  }
  return problems
}
