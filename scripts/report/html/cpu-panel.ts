import type { GeneratorSecond } from '../../generator/generator-second.ts'
import type { TimelineSeries } from '../../verdict/tables/timeline-series.ts'
import { elapsed } from './format-text.ts'
import type { Panel } from './panels.ts'

/** A line that never gets this high is left out. */
const SHOWN_CORES_MIN = 0.05

type Values = (number | null)[]
type Steps = Pick<TimelineSeries, 'startMs' | 'step' | 'stepSeconds'>

/** A second is about the time half a second before its end. */
const HALF_SECOND_MS = 500

/** A second is longer where k6 answered late. */
const LONGEST_SECOND_MS = 3_000

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
      return (
        label === 'k6' ||
        label === 'idle' ||
        values.some((value) => (value ?? 0) >= SHOWN_CORES_MIN)
      )
    }),
    limits: [],
    summary: `${summaryOf(steps, idle)} ${collectionsText(perSecond)}`.trim(),
  }
}

// The seconds that end in a step; where none does, the one that goes on over all of it.
function groupsOf(
  { startMs, step, stepSeconds }: Steps,
  perSecond: readonly GeneratorSecond[],
): GeneratorSecond[][] {
  const stepMs = stepSeconds * 1_000
  let next = 0
  return step.map((index) => {
    const fromMs = startMs + index * stepMs + HALF_SECOND_MS
    const group: GeneratorSecond[] = []
    for (; next < perSecond.length; next += 1) {
      const second = perSecond[next]
      if (!second || second.atMs >= fromMs + stepMs) break
      if (second.atMs >= fromMs) group.push(second)
    }
    const over = perSecond[next]
    const goesOn = over && over.atMs < fromMs + stepMs + LONGEST_SECOND_MS
    return group.length === 0 && goesOn ? [over] : group
  })
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

function collectionsText(perSecond: readonly GeneratorSecond[]): string {
  const cpuSeconds = perSecond.reduce((sum, { gcCpuSeconds = 0 }) => sum + gcCpuSeconds, 0)
  return cpuSeconds < 0.05 ? '' : `k6 spent ${cpuSeconds.toFixed(1)} CPU s on garbage collection.`
}

function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
