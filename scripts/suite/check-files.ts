import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ToolkitError } from '../core/errors.ts'
import { readPlan } from '../plan-file/check-plan.ts'
import {
  findWorkload,
  missingPart,
  scenarioFiles,
  workloadFolders,
} from '../plan/scenario-files.ts'
import { scriptArguments } from '../script/script-arguments.ts'
import { userPath } from '../script/typed-path.ts'
import { type Problem, quote, unknownName } from '../sla/field-problem.ts'
import { readSlaAlone } from '../sla/read-sla-alone.ts'
import type { RawRun } from './suite-file.ts'

export interface NamedFiles {
  raw: RawRun
  /** As the command line reads them. */
  options: Record<string, unknown>
  command: Command
  env: NodeJS.ProcessEnv
}

/**
 * What a run names and what must be there: its workload, its SLA file, its script or its plan.
 *
 * @param keys where each option stands in the file
 */
export async function checkFiles(
  named: NamedFiles,
  path: string,
  keys: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const { sla } = named.options
  return [
    ...workloadProblems(named, keys.get('workload') ?? path),
    ...(typeof sla === 'string' ? await slaProblems(sla, named, keys.get('sla') ?? path) : []),
    ...scriptProblems(named, path),
    ...(await planProblems(named, path)),
  ]
}

function workloadProblems({ raw, options }: NamedFiles, path: string): Problem[] {
  const { scenario } = raw
  const { workload } = options
  if (scenario === undefined || typeof workload !== 'string') return []
  const folder = findWorkload(workload)
  if (!folder) {
    const known = workloadFolders().map(({ name }) => name)
    const fault = unknownName('workload, or the path of one', workload, known)
    return fault ? [{ path, ...fault }] : []
  }
  const isKnown = scenarioFiles().some(({ name }) => name === scenario)
  const part = isKnown ? missingPart(scenario, folder) : undefined
  if (part === undefined) return []
  const hint = 'Choose another scenario or workload; workloads/better-prompts has every part.'
  return [
    { path, expected: `a workload with ${part} for "${scenario}"`, found: quote(workload), hint },
  ]
}

// Names of endpoints and metrics are compared with the script once k6 has read it.
async function slaProblems(
  sla: string,
  { raw, env }: NamedFiles,
  path: string,
): Promise<Problem[]> {
  const file = raw.script === undefined ? resolve(sla) : userPath(sla, env)
  const expected = 'an SLA file without mistakes'
  return problemsOf(() => readSlaAlone(file), { path, expected, found: quote(sla) })
}

async function planProblems({ raw, env }: NamedFiles, path: string): Promise<Problem[]> {
  const { plan } = raw
  if (plan === undefined) return []
  const told = { path: `${path}.plan`, expected: 'a plan without mistakes', found: quote(plan) }
  return problemsOf(() => readPlan(userPath(plan, env)), told)
}

async function problemsOf(
  read: () => Promise<unknown>,
  told: Omit<Problem, 'hint'>,
): Promise<Problem[]> {
  try {
    await read()
    return []
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    const { message, hint } = error
    const lines = `${message}\n${hint.split('\n', 1)[0] ?? ''}`
    return [{ ...told, hint: lines.replaceAll('\n', '\n    ') }]
  }
}

/** Whether a script is there, and its flags are flags of k6. */
function scriptProblems({ raw, command, env }: NamedFiles, path: string): Problem[] {
  const { script, flags = [] } = raw
  if (script === undefined) return []
  const hint = 'A relative path begins where the command is typed.'
  const isThere = statSync(userPath(script, env), { throwIfNoEntry: false })?.isFile()
  const missing = { path: `${path}.script`, expected: 'a file', found: quote(script), hint }
  return [...(isThere ? [] : [missing]), ...flagProblems(script, flags, { path, command })]
}

function flagProblems(
  script: string,
  flags: readonly string[],
  { path, command }: { path: string; command: Command },
): Problem[] {
  const at = `${path}.flags`
  try {
    const { own } = scriptArguments([...flags, script], command.options)
    if (own.length === 0) return []
    const hint = "Options of the toolkit are keys of the run; flags are k6's."
    return [{ path: at, expected: 'only flags of k6', found: quote(own), hint }]
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    const hint = `${error.message}. ${error.hint}`
    return [{ path: at, expected: 'flags of "k6 run"', found: quote(flags), hint }]
  }
}
