import type { Command } from 'commander'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Problem } from '../sla/problem.ts'
import { checkSuite } from './check-suite.ts'
import { suiteBadSyntax, suiteInvalid, suiteUnreadable } from './errors.ts'
import { parseSuite } from './parse-suite.ts'
import type { OptionValue, Suite } from './suite-file.ts'

/** How a suite file is read. */
export interface SuiteReading {
  /** All commands of the command line: they declare the options of runs. */
  commands: readonly Command[]
  env: NodeJS.ProcessEnv
  /** Options of the suite's own command line that replace those of the file in every run. */
  overrides: Readonly<Record<string, OptionValue>>
}

/** A suite, and how its problems are told with their lines. */
export interface ReadSuite {
  suite: Suite
  withLines: (problems: readonly Problem[]) => Problem[]
}

/**
 * Reads and checks a suite file. Nothing is started, and k6 is not asked.
 *
 * @param path as the user has typed it, made absolute
 * @param shown the same as it may be shown
 * @throws ToolkitError `K6V_SUITE_…`; one error lists every problem of the file
 */
export async function readSuite(
  path: string,
  shown: string,
  reading: SuiteReading,
): Promise<ReadSuite> {
  const parsed = parseSuite((await readText(path, shown)).replace(/^\uFEFF/, ''))
  if ('faults' in parsed) throw suiteBadSyntax(shown, parsed.faults)
  const withLines = (problems: readonly Problem[]): Problem[] => {
    return problems
      .map((problem) => ({ problem, line: parsed.lineOf(problem.path) ?? 1 }))
      .sort((one, other) => one.line - other.line)
      .map(({ problem, line }) => ({ ...problem, path: `line ${line}, ${problem.path}` }))
  }
  const checked = await checkSuite(parsed.data, reading)
  if ('problems' in checked) throw suiteInvalid(shown, withLines(checked.problems))
  return { suite: checked.suite, withLines }
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw suiteUnreadable(shown, reason, await suitesIn(dirname(path), dirname(shown)))
  }
}

async function suitesIn(folder: string, shown: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => /\.ya?ml$/.test(name)).map((name) => join(shown, name))
}
