import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { placeIn } from '../core/schema.ts'
import { readDataFile } from '../data-file/data-file.ts'
import type { Problem } from '../sla/field-problem.ts'
import { checkSuite } from './check-suite.ts'
import { suiteBadSyntax, suiteInvalid, suiteIsPlan, suiteUnreadable } from './errors.ts'
import type { OptionValue, Suite } from './suite-file.ts'

/** How a suite file is read. */
export interface SuiteReading {
  /** All commands of the command line: they declare the options of runs. */
  commands: readonly Command[]
  env: NodeJS.ProcessEnv
  /** Options of the suite's own command line that replace those of the file in every run. */
  overrides: Readonly<Record<string, OptionValue>>
  /** Those that replace only the defaults of the file: a run that has its own value keeps it. */
  usual?: Readonly<Record<string, OptionValue>>
}

/** A suite, and what adds their lines to problems. */
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
  const read = await readDataFile(path)
  if ('unreadable' in read) {
    throw suiteUnreadable(shown, read.unreadable, await suitesIn(dirname(path), dirname(shown)))
  }
  if ('faults' in read) throw suiteBadSyntax(shown, read.faults)
  const withLines = (problems: readonly Problem[]): Problem[] => {
    return problems
      .map((problem) => ({ problem, line: read.positionOf(placeIn(problem.path))?.line ?? 1 }))
      .sort((one, other) => one.line - other.line)
      .map(({ problem, line }) => ({ ...problem, path: `line ${line}, ${problem.path}` }))
  }
  const checked = await checkSuite(read.data, reading)
  if ('problems' in checked) {
    throw isPlan(read.data) ? suiteIsPlan(shown) : suiteInvalid(shown, withLines(checked.problems))
  }
  return { suite: checked.suite, withLines }
}

function isPlan(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  return 'load' in data && !('phases' in data)
}

const KNOWN_SHOWN = 10

async function suitesIn(folder: string, shown: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const suites = names.filter((name) => /\.ya?ml$/.test(name)).slice(0, KNOWN_SHOWN)
  return suites.map((name) => join(shown, name))
}
