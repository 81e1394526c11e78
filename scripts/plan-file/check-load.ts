import { parseDuration } from '../../lib/duration.ts'
import { judgedOf } from '../../lib/plan-file/load-of-plan.ts'
import type { Plan, PlanLoad } from '../../lib/plan-file/plan-file.ts'
import { quote } from '../sla/field-problem.ts'
import type { Place } from '../data-file/data-file.ts'
import type { PlanProblem } from './plan-problem.ts'

/** Numbers of the load and of pauses that contradict each other. */
export function checkLoad(plan: Partial<Plan>, isSound: (at: Place) => boolean): PlanProblem[] {
  const { load, thinkTime } = plan
  // They may be anything: their shape is checked elsewhere.
  const profiles = (plan.profiles as Plan['profiles'] | null) ?? {}
  const loads: [Place, PlanLoad][] = [
    ...(load ? [[['load'], load] as [Place, PlanLoad]] : []),
    ...Object.entries(profiles).map(([name, each]): [Place, PlanLoad] => [
      ['profiles', name],
      each,
    ]),
  ].filter(([at]) => isSound(at))
  return [
    ...loads.flatMap(([at, each]) => shapeFaults(each, at)),
    ...judgedAlike(loads),
    ...(isSound(['thinkTime']) ? thinkTimeFaults(thinkTime) : []),
  ]
}

function shapeFaults(load: PlanLoad, at: Place): PlanProblem[] {
  switch (load.shape) {
    case 'stagedUsers':
      return noLoad(
        load.stages.map(({ users }) => users),
        [...at, 'stages'],
      )
    case 'phases':
      return [
        ...noLoad([load.start ?? 0, ...load.phases.map(({ target }) => target)], [...at, 'phases']),
        ...(load.model === 'open' && load.iterationSeconds === undefined ? [noPool(at)] : []),
      ]
    case 'spikes':
      return inOrder(load, ['usualUsers', 'peakUsers'], at)
    case 'steppedRate':
      return inOrder(load, ['from', 'to'], at)
    default:
      return []
  }
}

function noLoad(targets: readonly number[], at: Place): PlanProblem[] {
  if (targets.some((target) => target > 0)) return []
  const hint = 'A load of 0 sends nothing.'
  return [{ at, expected: 'a load above 0 somewhere', found: 'none', hint }]
}

function noPool(at: Place): PlanProblem {
  return {
    at: [...at, 'iterationSeconds'],
    expected: 'the field "iterationSeconds" with the model "open"',
    found: 'nothing',
    hint: 'The longest iteration that the pool of VUs has to carry, in seconds.',
  }
}

function inOrder<Field extends string>(
  load: Record<Field, number>,
  [low, high]: [Field, Field],
  at: Place,
): PlanProblem[] {
  if (load[low] < load[high]) return []
  return [
    {
      at: [...at, high],
      expected: `a number above "${low}" (${load[low]})`,
      found: quote(load[high]),
      hint: 'For a constant load use constantUsers or constantRate.',
    },
  ]
}

function judgedAlike(loads: readonly [Place, PlanLoad][]): PlanProblem[] {
  const [first] = loads
  if (!first) return []
  return loads
    .filter(([, load]) => judgedOf(load) !== judgedOf(first[1]))
    .map(([at, { shape }]) => ({
      at: [...at, 'shape'],
      expected: `a shape that is judged as ${first[1].shape} is`,
      found: quote(shape),
      hint: 'steppedRate and everyOperationOnce are judged differently from the other shapes: give each its own plan.',
    }))
}

function thinkTimeFaults(time: Plan['thinkTime']): PlanProblem[] {
  if (time === undefined || typeof time === 'string') return []
  if ('min' in time) return inTimeOrder(['min', time.min], ['max', time.max])
  const { median, p95 } = time
  if (parseDuration(median) > 0) return inTimeOrder(['median', median], ['p95', p95])
  const hint = 'Without a pause leave thinkTime out.'
  return [{ at: ['thinkTime', 'median'], expected: 'a time above 0', found: quote(median), hint }]
}

type Named = [name: string, time: string]

function inTimeOrder([low, least]: Named, [high, most]: Named): PlanProblem[] {
  if (parseDuration(least) <= parseDuration(most)) return []
  return [
    {
      at: ['thinkTime', low],
      expected: `at most "${high}" (${most})`,
      found: quote(least),
      hint: 'Swap the two, or give one time.',
    },
  ]
}
