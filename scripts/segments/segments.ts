import type { Scenario } from 'k6/options'
import { instancesTooMany, segmentsTooMany } from './errors.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { recordOf } from '../indicators/indicators.ts'

/** One part of a load that is divided over several k6. */
export interface LoadPart {
  /** Number of the part, from 1: its name in the samples. */
  name: string
  /** As k6 takes it: `1/4:2/4`. */
  segment: string
}

/** A load in equal parts. */
export interface Segments {
  /** All bounds, the same for every k6: `0,1/4,2/4,3/4,1`. */
  sequence: string
  /** Those of one machine. */
  parts: LoadPart[]
}

/** Which of several machines this one is: part 2 of 5. */
export interface MachinePart {
  part: number
  of: number
}

/**
 * Divides a load into equal parts, one for each k6 of a machine.
 *
 * @param count k6 on each machine
 * @param machine the only one, unless said otherwise
 */
export function segmentsOf(count: number, machine: MachinePart = { part: 1, of: 1 }): Segments {
  const total = count * machine.of
  const bound = (index: number): string => {
    return index === 0 ? '0' : index === total ? '1' : `${index}/${total}`
  }
  const bounds = Array.from({ length: total + 1 }, (_, index) => bound(index))
  const first = (machine.part - 1) * count
  const parts = Array.from({ length: count }, (_, index) => ({
    name: String(first + index + 1),
    segment: `${bound(first + index)}:${bound(first + index + 1)}`,
  }))
  return { sequence: bounds.join(','), parts }
}

/**
 * Users that one of several equal parts gets: k6 deals them out in turn, so the first parts get one more
 * (lib/execution_segment.go of k6 v2.2.0).
 *
 * @param index of the part, from 0
 */
export function usersOfPart(users: number, index: number, of: number): number {
  return Math.floor((users + of - 1 - index) / of)
}

/** Most users at once of a machine, over all k6 scenarios; in the open model those kept ready. */
export function usersOfMachine(
  scenarios: Readonly<Record<string, Scenario>>,
  count: number,
  { part, of }: MachinePart,
): number {
  const indexes = Array.from({ length: count }, (_, index) => (part - 1) * count + index)
  return Object.values(scenarios)
    .map(usersMax)
    .flatMap((users) => indexes.map((index) => usersOfPart(users, index, count * of)))
    .reduce((sum, users) => sum + users, 0)
}

/**
 * Makes sure that every k6 gets at least one user.
 *
 * @throws ToolkitError when there are more parts than the largest k6 scenario has users
 */
export function requireWork(
  scenarios: Readonly<Record<string, Scenario>>,
  count: number,
  machine?: MachinePart,
): void {
  const most = busyInstancesMax(scenarios)
  const total = count * (machine?.of ?? 1)
  if (total <= most) return
  throw machine ? segmentsTooMany(total, most) : instancesTooMany(count, most)
}

/** Most k6 that each get a user: more of them would leave some without any. */
export function busyInstancesMax(scenarios: Readonly<Record<string, Scenario>>): number {
  return Math.max(...Object.values(scenarios).map(usersMax))
}

/** Most users at once of a k6 scenario: what is dealt out to its parts, and arrival rates follow it. */
export function usersMax(scenario: Scenario): number {
  const { maxVUs, preAllocatedVUs, vus, startVUs = 0, stages = [] } = scenario as UserCounts
  const ofStages = Math.max(startVUs, ...stages.map(({ target }) => target))
  return maxVUs ?? preAllocatedVUs ?? vus ?? ofStages
}

interface UserCounts {
  maxVUs?: number
  preAllocatedVUs?: number
  vus?: number
  startVUs?: number
  stages?: { target: number }[]
}

/** Objectives as one machine of several can judge them: what asks for the whole load is left to the merge. */
export function segmentObjectives(
  objectives: readonly CompiledObjective[],
  { part, of }: MachinePart,
): CompiledObjective[] {
  const absence = `this is segment ${part}/${of} of the load: the merge judges it`
  return objectives.map((each) => {
    const { inPartOfLoad } = recordOf(each.objective.indicator)
    return inPartOfLoad || each.absence !== undefined ? each : { ...each, absence }
  })
}
