// argv -> command -> exit code. The only place that sets the exit code.
import { type Command, CommanderError } from 'commander'
import { formatError, ToolkitError } from './core/errors.ts'
import { createProgram } from './program.ts'
import { usageError } from './usage-error.ts'

// Nobody reads any more: `| head` has seen enough, or the terminal was closed. A run ends as by SIGTERM.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    if (!process.emit('SIGTERM')) process.exit()
  })
}

process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<number> {
  let exitCode = 0
  const program = createProgram((code) => (exitCode = code), argv)
  try {
    if (argv.length === 0) program.outputHelp()
    else await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    return report(error, { program, argv })
  }
}

function report(error: unknown, typed: { program: Command; argv: string[] }): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    return report(usageError(error, typed), typed)
  }
  process.stderr.write(`${formatError(error)}\n`)
  return error instanceof ToolkitError ? error.exitCode : 1
}
