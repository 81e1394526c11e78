import { parseDuration } from '../../lib/duration.ts'
import { shapeOf } from '../../lib/plan-file/load-of-plan.ts'
import type { PlanLoad } from '../../lib/plan-file/plan-file.ts'
import { type Advice, adviseIf } from './plan-problem.ts'
import type { SoundPlan } from './check-plan.ts'
import { pausesOf } from './plan-facts.ts'
import type { PlannedLoad } from './plan-facts.ts'

/** From this many users on, a load without pauses is probably a mistake. */
const USERS_MANY = 20

/** Whether the load is probably what is meant. */
export function performanceAdvice(sound: SoundPlan): Advice[] {
  const { plan, loads } = sound
  const { objectives = [] } = plan
  const hasLatency = objectives.some(({ indicator }) => {
    return typeof indicator === 'object' && ('latency' in indicator || 'apdex' in indicator)
  })
  return [
    ...loads.flatMap((load) => [
      ...pauses(sound, load),
      ...steps(load, saidLoad(sound, load)),
      ...openModel(sound, load, saidLoad(sound, load)),
    ]),
    ...adviseIf(
      objectives.length > 0 && !hasLatency && loads.some(({ run }) => run.judges === 'all'),
      {
        kind: 'performance',
        at: ['objectives'],
        text: 'no objective judges how fast responses are',
        hint: 'Add { id: latency-p95, indicator: { latency: p95 }, limit: "< 500ms" }.',
      },
    ),
  ]
}

function saidLoad({ plan }: SoundPlan, { profile }: PlannedLoad): PlanLoad {
  return (profile === undefined ? plan.load : plan.profiles?.[profile]) as PlanLoad
}

function pauses({ plan }: SoundPlan, { at, run }: PlannedLoad): Advice[] {
  const rests = Object.values(plan.operations ?? {}).some((each) => pausesOf(each) > 0)
  const isBusy = run.model === 'closed' && run.target >= USERS_MANY && run.thinkSeconds === 0
  return adviseIf(isBusy && !rests && plan.workload === undefined, {
    kind: 'warning',
    at,
    text: `${run.target} users without pauses send as fast as the target answers`,
    hint: 'Give the plan a thinkTime such as { min: 1s, max: 3s }, or use constantRate for a rate.',
  })
}

function steps({ at, run }: PlannedLoad, load: PlanLoad): Advice[] {
  const shape = shapeOf(load)
  let before = shape.start
  const jumps = shape.steps.filter(({ duration, target }) => {
    const isJump = parseDuration(duration) === 0 && target > before
    before = target
    return isJump
  })
  // Its steps are meant to jump.
  const isMeant = load.shape === 'steppedRate' || jumps.length === 0
  const names = run.phases.map(({ name }) => name)
  const isSpike = names.some((name) => name.startsWith('spike'))
  const recovers = names.some((name) => name.startsWith('recovery'))
  const startsFull = shape.model === 'closed' && shape.start >= USERS_MANY
  return [
    ...adviseIf(!isMeant || startsFull, {
      kind: 'warning',
      at,
      text: 'the load jumps: all connections and caches start cold at once',
      hint: 'Add a ramp-up of a few seconds, unless the jump is what you want to test.',
    }),
    ...adviseIf(isSpike && !recovers, {
      kind: 'warning',
      at,
      text: 'a spike without a recovery: the run cannot show whether the target recovers',
      hint: 'Hold the usual load afterwards for a while, in a phase such as recovery-1.',
    }),
  ]
}

function openModel({ plan }: SoundPlan, { at, run }: PlannedLoad, load: PlanLoad): Advice[] {
  const { operations = {}, scenarioPerOperation, thinkTime } = plan
  const longest = Math.max(0, ...Object.values(operations).map(pausesOf))
  const seconds = 'iterationSeconds' in load ? (load.iterationSeconds ?? Infinity) : Infinity
  const isOpen = run.model === 'open'
  return [
    ...adviseIf(isOpen && longest >= seconds, {
      kind: 'warning',
      at,
      text: `pauses of ${longest} s do not fit into iterationSeconds (${seconds}): iterations will be dropped`,
      hint: 'Set iterationSeconds above the pauses plus the slowest responses.',
    }),
    ...adviseIf(isOpen && thinkTime !== undefined, {
      kind: 'performance',
      at: ['thinkTime'],
      text: 'thinkTime has no effect with a rate',
      hint: 'Remove it, or choose a shape with users.',
    }),
    ...adviseIf(isOpen && run.operations.length > 1 && scenarioPerOperation !== true, {
      kind: 'performance',
      at,
      text: 'all operations share one pool of VUs: a slow one takes them from the others',
      hint: 'scenarioPerOperation: true gives each its own rate and VUs.',
    }),
  ]
}
