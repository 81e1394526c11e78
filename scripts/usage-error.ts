// What commander says of a wrong command line, in our words.
import type { Command, CommanderError } from 'commander'
import { wrongUsage } from './core/usage-errors.ts'
import { unknownCommand } from './plan/unknown-scenario.ts'
import type { ToolkitError } from './core/errors.ts'
import { scenarioFiles } from './plan/scenario-files.ts'
import { didYouMean } from './core/nearest.ts'

/** `commander.help` is its word for a command that needs another one behind it and has none. */
const NO_SUCH_COMMAND = ['commander.unknownCommand', 'commander.help']

/** The error of a command line, with the help of the command that was typed as its next step. */
export function usageError(
  error: CommanderError,
  { program, argv }: { program: Command; argv: readonly string[] },
): ToolkitError {
  const { command, word } = typedCommand(program, argv)
  const isSub = command !== program
  if (NO_SUCH_COMMAND.includes(error.code)) {
    return isSub ? unknownSubcommand(command, word) : unknownWord(program, word)
  }
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  return wrongUsage(message, `${helpOf(command)} lists the ${isSub ? 'options' : 'commands'}.`)
}

/** The last command that was named, and what follows it. */
function typedCommand(
  program: Command,
  argv: readonly string[],
): { command: Command; word: string | undefined } {
  const [word, ...rest] = argv
  const next = program.commands.find((each) => each.name() === word)
  return next ? typedCommand(next, rest) : { command: program, word }
}

function unknownWord(program: Command, word = ''): ToolkitError {
  const scenarios = scenarioFiles()
  const commands = namesOf(program).filter((name) => !scenarios.some((each) => each.name === name))
  return unknownCommand(word, { scenarios, commands })
}

function unknownSubcommand(command: Command, word: string | undefined): ToolkitError {
  const known = namesOf(command)
  const got = word === undefined ? 'none' : `"${word}"${didYouMean(word, known)}`
  return wrongUsage(
    `Expected one of ${known.join(', ')} behind "${command.name()}", got ${got}`,
    `${helpOf(command)} explains each.`,
  )
}

function namesOf(command: Command): string[] {
  return command.commands.map((each) => each.name())
}

function helpOf(command: Command): string {
  const names = [command.name()]
  for (let above = command.parent; above; above = above.parent) names.unshift(above.name())
  return `"${names.join(' ')} --help"`
}
