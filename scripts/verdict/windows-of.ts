import type { MeasuredWindows, Selection, WindowValue } from './measurement.ts'

const US_PER_SECOND = 1_000_000

/** Windows of an objective that asks for none: a thirtieth of its time, but within these. */
const DEFAULT_SECONDS = { parts: 30, min: 1, max: 10 }

/** Fewer say nothing about how a run went over time. */
const WINDOWS_MIN = 3

export interface WindowRule {
  /** As the objective asks for; a typical one is made longer until it has enough samples. */
  lengthSeconds: number | undefined
  samples: number
  /** Fewest samples that a window can be judged with. */
  minimumSamples: number
}

/** Length of the windows to look at; undefined when there would be fewer than three. */
export function windowSeconds(
  { seconds }: Pick<Selection, 'seconds'>,
  { lengthSeconds, samples, minimumSamples }: WindowRule,
): number | undefined {
  if (lengthSeconds !== undefined) return lengthSeconds
  if (samples === 0) return undefined
  const { parts, min, max } = DEFAULT_SECONDS
  const usual = Math.min(max, Math.max(min, Math.round(seconds / parts)))
  const needed = Math.ceil((minimumSamples / samples) * seconds)
  const length = Math.max(usual, needed)
  return seconds / length < WINDOWS_MIN ? undefined : length
}

/** SQL for the number of the window that a row is in, from the start of the judged time. */
export function windowSql({ spans }: Pick<Selection, 'spans'>, lengthSeconds: number): string {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  return `CAST(floor((at_us - ${spans[0]?.startUs ?? 0}) / ${lengthUs}) AS BIGINT)`
}

/** A window, or neighbours of which none alone has enough samples, judged as one. */
export interface WindowGroup {
  startUs: number
  samples: number
  /** Their numbers, from the start of the judged time. */
  numbers: number[]
}

export interface GroupRule {
  lengthSeconds: number
  minimumSamples: number
}

export interface WindowCount {
  /** From the start of the judged time. */
  number: number
  samples: number
  /** It misses the limit whatever the samples had been that it lacks. @default false */
  isLost?: boolean
}

/**
 * The windows that lie wholly in the judged time, silent ones included. A window with too few samples is
 * joined with its neighbours and never left out: a target that stands still answers few requests. One that
 * is lost already stands alone, or good neighbours would hide it.
 */
export function windowGroups(
  { spans }: Pick<Selection, 'spans'>,
  counts: readonly WindowCount[],
  { lengthSeconds, minimumSamples }: GroupRule,
): WindowGroup[] {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  const originUs = spans[0]?.startUs ?? 0
  const samplesOf = new Map(counts.map(({ number, samples }) => [number, samples]))
  const lost = new Set(counts.flatMap(({ number, isLost }) => (isLost ? [number] : [])))
  return spans.flatMap(({ startUs, endUs }) => {
    const first = Math.ceil((startUs - originUs) / lengthUs)
    const end = Math.floor((endUs - originUs) / lengthUs)
    const windows = Array.from({ length: Math.max(0, end - first) }, (_, index) => {
      const number = first + index
      const samples = samplesOf.get(number) ?? 0
      return { startUs: originUs + number * lengthUs, samples, numbers: [number] }
    })
    const isLost = ({ numbers }: WindowGroup): boolean => numbers.some((each) => lost.has(each))
    const others = windows.filter((window) => !isLost(window))
    return [...windows.filter(isLost), ...joined(others, minimumSamples)].sort(byStart)
  })
}

// From left to right; what is left over at the end joins the last group.
function joined(windows: readonly WindowGroup[], minimumSamples: number): WindowGroup[] {
  const groups: WindowGroup[] = []
  let open: WindowGroup | undefined
  for (const window of windows) {
    open = open ? join(open, window) : window
    if (open.samples < minimumSamples) continue
    groups.push(open)
    open = undefined
  }
  const last = groups.pop()
  if (!last) return []
  return [...groups, open ? join(last, open) : last]
}

function byStart(one: WindowGroup, next: WindowGroup): number {
  return one.startUs - next.startUs
}

function join(one: WindowGroup, next: WindowGroup): WindowGroup {
  return {
    startUs: one.startUs,
    samples: one.samples + next.samples,
    numbers: [...one.numbers, ...next.numbers],
  }
}

/** Puts the value of each group to it; a group without one is left out. */
export function windowsWith(
  lengthSeconds: number,
  groups: readonly WindowGroup[],
  valueOf: (group: WindowGroup, index: number) => number | undefined,
): MeasuredWindows {
  const values = groups.flatMap((group, index): WindowValue[] => {
    const value = valueOf(group, index)
    const { startUs, samples, numbers } = group
    const windows = numbers.length
    return value === undefined ? [] : [{ startUs, value, samples, ...(windows > 1 && { windows }) }]
  })
  return { lengthSeconds, values }
}
