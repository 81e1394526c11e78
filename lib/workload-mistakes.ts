// Pure: read by k6 and by Node. What is wrong in a workload, all of it at once.
import { unknownNames, unless } from './mistakes.ts'
import type { ThinkTime } from './think-time.ts'
import type { Operation, Workload } from './workload.ts'
import { optionMistakes } from './workload-options.ts'

const FIELDS = [
  ...['name', 'auth', 'thinkTime', 'segmentClaim', 'iterationSecondsMin', 'requestTimeoutSeconds'],
  ...['gracefulStopSeconds', 'browser', 'operations', 'mixes', 'setup', 'teardown', 'k6Options'],
]
const TIMES = ['iterationSecondsMin', 'requestTimeoutSeconds', 'gracefulStopSeconds'] as const

/** Every mistake that can be found before the workload runs: nothing of TypeScript is left by then. */
export const workloadMistakes = (workload: Workload): string[] => {
  const { name, auth, thinkTime, operations } = workload as Partial<Workload>
  const names = Object.keys(operations ?? {})
  const hasLogIn = typeof auth?.authenticator === 'function'
  return [
    ...unknownNames(workload, FIELDS, 'the workload'),
    ...unless(typeof name === 'string' && name !== '', 'name to be a text', name),
    ...unless(hasLogIn, 'auth to be a log-in such as noLogin', auth),
    ...unless(names.length > 0, 'operations to be at least one operation by its name', operations),
    ...names.flatMap((each) => operationMistakes(each, operations?.[each])),
    ...mixMistakes(workload),
    ...thinkTimeMistakes(thinkTime),
    ...unless(
      ['boolean', 'undefined'].includes(typeof workload.browser),
      'browser to be true or false',
      workload.browser,
    ),
    ...TIMES.flatMap((time) => timeMistakes(time, workload[time])),
    ...(['setup', 'teardown'] as const).flatMap((phase) =>
      unless(
        ['function', 'undefined'].includes(typeof workload[phase]),
        `${phase} to be a function`,
        '',
      ),
    ),
    ...optionMistakes(workload.k6Options),
  ]
}

const mixMistakes = ({ operations = {}, mixes = {} }: Partial<Workload>): string[] => {
  const weights = Object.values(operations as Record<string, Partial<Operation> | undefined>)
  const isIdle = weights.length > 0 && weights.every((operation) => operation?.weight === 0)
  return [
    ...unless(!isIdle, 'at least one of operations to have a weight above 0', 0),
    ...Object.entries(mixes).flatMap(([mix, shares]) => [
      ...unless(Object.keys(shares).length > 0, `mixes.${mix} to name an operation`, shares),
      ...unknownNames(shares, Object.keys(operations), `mixes.${mix}`),
      ...Object.entries(shares).flatMap(([name, weight]) =>
        unless(isAbove0(weight), `mixes.${mix}.${name} to be a number above 0`, weight),
      ),
    ]),
  ]
}

const isAbove0 = (weight: unknown): boolean => Number.isFinite(weight) && Number(weight) > 0

const operationMistakes = (name: string, operation: Partial<Operation> = {}): string[] => {
  const { weight, run } = operation
  const isWeight = weight === 0 || isAbove0(weight)
  return [
    ...unknownNames(operation, ['weight', 'run'], `operations.${name}`),
    ...unless(
      isWeight,
      `operations.${name}.weight to be a number above 0, or 0 if only mixes use it`,
      weight,
    ),
    ...unless(typeof run === 'function', `operations.${name}.run to be a function`, run),
  ]
}

const timeMistakes = (name: string, seconds: unknown): string[] => {
  const isTime = seconds === undefined || (Number.isFinite(seconds) && Number(seconds) > 0)
  return unless(isTime, `${name} to be a number of seconds above 0`, seconds)
}

const PAIRS = [
  ['seconds', 'seconds'],
  ['minSeconds', 'maxSeconds'],
  ['medianSeconds', 'p95Seconds'],
] as const

const thinkTimeMistakes = (time: ThinkTime | undefined): string[] => {
  const given = (time ?? {}) as Record<string, unknown>
  const [low, high] = PAIRS.find(([first, last]) => first in given || last in given) ?? []
  const forms = '{ seconds }, { minSeconds, maxSeconds } or { medianSeconds, p95Seconds }'
  if (low === undefined) return unless(false, `thinkTime to be ${forms}`, time)
  const [least, most] = [given[low], given[high]] as [number, number]
  const isNumber = (value: unknown): boolean => Number.isFinite(value) && Number(value) >= 0
  return [
    ...unknownNames(given, [low, high], 'thinkTime'),
    ...unless(isNumber(least), `thinkTime.${low} to be a number of seconds`, least),
    ...(low === high
      ? []
      : unless(isNumber(most), `thinkTime.${high} to be a number of seconds`, most)),
    ...unless(!(least > most), `thinkTime.${low} to be at most ${high} (${most})`, least),
    ...unless(low !== 'medianSeconds' || least > 0, `thinkTime.${low} to be above 0`, least),
  ]
}
