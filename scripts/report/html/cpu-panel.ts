import type { GeneratorSecond } from '../../run/generator-second.ts'
import type { TimelineSeries } from '../../verdict/timeline-series.ts'
import { elapsed } from './format-time.ts'
import type { Panel } from './panels.ts'

type Values = (number | null)[]
type Steps = Pick<TimelineSeries, 'startMs' | 'step' | 'stepSeconds'>

/** Less is nothing: the kernel counts in ticks of a hundredth of a second. */
const IDLE_CORES_MIN = 0.1

/**
 * Who used the CPUs of the machine that made the load, over the same steps as the other charts; undefined
 * where nothing was kept of them.
 */
export function cpuPanel(steps: Steps, perSecond: readonly GeneratorSecond[]): Panel | undefined {
  if (perSecond.length === 0) return undefined
  const groups = groupsOf(steps, perSecond)
  const line = (of: (second: GeneratorSecond) => number | undefined): Values =>
    groups.map((group) => meanOf(group.flatMap((second) => of(second) ?? [])))
  const idle = line(({ idleCpu }) => idleCpu)
  const lines: Panel['lines'] = [
    { label: 'k6', tone: 'one', values: line(({ k6Cpu }) => k6Cpu) },
    { label: 'sandbox', tone: 'two', values: line(({ sandboxCpu }) => sandboxCpu) },
    { label: 'others', tone: 'bad', values: line(({ othersCpu }) => othersCpu) },
    { label: 'taken by the host', tone: 'dropped', values: line(({ stealCpu }) => stealCpu) },
    { label: 'idle', tone: 'idle', values: idle },
    { label: 'k6 waits', tone: 'three', values: line(({ k6WaitSeconds }) => k6WaitSeconds) },
  ]
  return {
    id: 'cpu',
    title: 'CPUs of the machine that made the load',
    unit: 'units',
    lines: lines.filter(({ label, values }) => {
      return label === 'k6' || label === 'idle' || values.some((value) => (value ?? 0) > 0.005)
    }),
    limits: [],
    summary: summaryOf(steps, idle),
  }
}

// A second belongs to the step that holds its middle, as a request to the one in which it began.
function groupsOf(
  { startMs, step, stepSeconds }: Steps,
  perSecond: readonly GeneratorSecond[],
): GeneratorSecond[][] {
  const groups = new Map<number, GeneratorSecond[]>()
  for (const second of perSecond) {
    const index = Math.floor((second.atMs - 500 - startMs) / (stepSeconds * 1_000))
    groups.set(index, [...(groups.get(index) ?? []), second])
  }
  return step.map((index) => groups.get(index) ?? [])
}

function summaryOf({ step, stepSeconds }: Steps, idle: Values): string {
  const full = step.filter((_, index) => (idle[index] ?? Infinity) < IDLE_CORES_MIN)
  const [first] = full
  const told =
    first === undefined
      ? 'Some CPU was idle all the time.'
      : `No CPU was idle in ${full.length} of ${step.length} steps, first at ${elapsed(first * stepSeconds)}.`
  return `${told} In cores; "k6 waits" is how many threads of k6 were ready and had no CPU.`
}

function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
