import { resolve } from 'node:path'
import { ToolkitError } from '../errors.ts'
import { findWorkload, missingPart, scenarioFiles, workloadFolders } from '../run/scenario-files.ts'
import { userPath } from '../script/user-folder.ts'
import { type Problem, quote, unknownName } from '../sla/problem.ts'
import { readSlaAlone } from '../sla/read-sla-alone.ts'

interface Named {
  /** Missing for a script. */
  scenario: string | undefined
  options: Record<string, unknown>
}

/**
 * What a run names and what must be there: its workload, with the part that the scenario needs, and its SLA file.
 *
 * @param keys where each option stands in the file
 */
export async function checkNamedFiles(
  named: Named,
  path: string,
  keys: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const { sla } = named.options
  return [
    ...workloadProblems(named, keys.get('workload') ?? path),
    ...(typeof sla === 'string' ? await slaProblems(sla, named, keys.get('sla') ?? path) : []),
  ]
}

function workloadProblems({ scenario, options }: Named, path: string): Problem[] {
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
async function slaProblems(sla: string, { scenario }: Named, path: string): Promise<Problem[]> {
  const file = scenario === undefined ? userPath(sla, process.env) : resolve(sla)
  try {
    await readSlaAlone(file)
    return []
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    const { message, hint } = error
    return [
      {
        path,
        expected: 'an SLA file without mistakes',
        found: quote(sla),
        hint: `${message}\n${hint.split('\n', 1)[0] ?? ''}`.replaceAll('\n', '\n    '),
      },
    ]
  }
}
