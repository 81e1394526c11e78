import type { Scenario } from 'k6/options'
import type { K6Part } from '../k6/k6-arguments.ts'
import { freePort } from '../core/free-port.ts'
import { type InstanceFiles, instanceFiles, type RunFolder } from '../run-folder/run-folder.ts'
import { type MachinePart, requireWork, segmentsOf, usersMax, usersOfMachine } from './segments.ts'
import { notWithInstances } from './errors.ts'

/** How a load is divided over several k6. */
export interface Division {
  /** k6 on this machine. */
  instances: number
  /** Which of several machines this one is, and when all of them begin. */
  machine?: MachinePart & { startAtMs: number }
}

/** The part of a load that one of several runs makes. */
export interface LoadShare {
  /** Closed model: its most users at once. */
  users: number
  /** Of the whole load, 0 to 1. */
  ratio: number
  /** What the verdict says of it: `segment 2/5`. */
  text: string
}

/** One k6 of a run, before it is started. */
export interface PlannedInstance {
  /** Missing for the only k6 of a run. */
  name?: string
  port: number
  files: InstanceFiles
  /** Its part of the load, where there are several. */
  part?: K6Part
}

/** Every k6 of a run on this machine; one that runs the whole load has neither a name nor a part. */
export async function planInstances(
  folder: RunFolder,
  division: Division | undefined,
): Promise<PlannedInstance[]> {
  if (!division || !isDivided(division)) return [{ port: await freePort(), files: folder }]
  const { instances, machine } = division
  const { sequence, parts } = segmentsOf(instances, machine)
  const planned: PlannedInstance[] = []
  for (const { name, segment } of parts) {
    const port = await freePort()
    const files = instances === 1 ? folder : instanceFiles(folder, name)
    planned.push({ name, port, files, part: { segment, sequence, port } })
  }
  return planned
}

function isDivided({ instances, machine }: Division): boolean {
  return instances > 1 || machine !== undefined
}

/** The part of the load that is this machine's; undefined where it makes all of it. */
export function shareOf(
  scenarios: Readonly<Record<string, Scenario>>,
  division: Division | undefined,
): LoadShare | undefined {
  if (!division?.machine) return undefined
  const { instances, machine } = division
  const users = usersOfMachine(scenarios, instances, machine)
  const all = Object.values(scenarios).reduce((sum, each) => sum + usersMax(each), 0)
  return shareOfMachine(machine, { users, ratio: users / all })
}

/** The share of one of several machines that has so many users; rates go with them (k6 v2.2.0, lib/executor). */
export function shareOfMachine(
  { part, of }: MachinePart,
  { users, ratio }: Pick<LoadShare, 'users' | 'ratio'>,
): LoadShare {
  return { users, ratio, text: `segment ${part}/${of}` }
}

export interface DividedRun {
  scenarios: Readonly<Record<string, Scenario>>
  outputs: readonly string[]
  webDashboard: boolean
}

/** k6 outputs that write a file. */
const FILE_OUTPUT = /^(json|csv)(=|$)/

/**
 * Makes sure that a load can be divided so, before anything is started.
 *
 * @throws ToolkitError when a k6 would have nothing to do, or several would write to one place
 */
export function checkDivision(division: Division | undefined, run: DividedRun): void {
  if (!division) return
  const { instances, machine } = division
  requireWork(run.scenarios, instances, machine)
  if (run.webDashboard) throw notWithInstances('--web-dashboard can only show a single one')
  const file = run.outputs.find((output) => FILE_OUTPUT.test(output))
  if (instances > 1 && file !== undefined) {
    throw notWithInstances(`each of them would write the same file for --out ${file}`)
  }
}
