import type { SampleDatabase } from '../../samples/sample-database.ts'
import type {
  MeasuredWindows,
  Selection,
  WindowValue,
} from '../../indicators/from-samples/measurement.ts'
import { windowSql } from '../../indicators/from-samples/windows-of.ts'

const US_PER_SECOND = 1_000_000

interface Course extends GroupRule {
  /** 0 to 100. */
  percentile: number
  selection: Selection
}

/** The latency percentile of each window of the judged time; where samples are few, of neighbours together. */
export async function percentilesOverTime(
  database: SampleDatabase,
  course: Course,
): Promise<MeasuredWindows> {
  const { percentile, selection, lengthSeconds } = course
  const number = windowSql(selection, lengthSeconds)
  const from = `FROM requests WHERE ${selection.condition}`
  const counts = await database.rows<WindowCount>(
    `SELECT ${number} AS number, count(*) AS samples ${from} GROUP BY 1`,
  )
  const groups = windowGroups(selection, counts, course)
  if (groups.length === 0) return { lengthSeconds, values: [] }
  const members = groups.flatMap(({ numbers }, index) =>
    numbers.map((each) => `(${each}, ${index})`),
  )
  const rows = await database.rows<{ place: number; value: number }>(
    `SELECT place, quantile_cont(duration_ms, ${percentile / 100}) AS value
FROM (SELECT duration_ms, ${number} AS number ${from})
JOIN (VALUES ${members.join(', ')}) AS groups(number, place) USING (number) GROUP BY place`,
  )
  const valueOf = new Map(rows.map(({ place, value }) => [place, value]))
  const values = groups.flatMap(({ startUs, samples, numbers }, index): WindowValue[] => {
    const value = valueOf.get(index)
    const windows = numbers.length
    return value === undefined ? [] : [{ startUs, value, samples, ...(windows > 1 && { windows }) }]
  })
  return { lengthSeconds, values }
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
}

/**
 * The windows that lie wholly in the judged time, silent ones included. A window with too few samples is
 * joined with its neighbours and never left out: a target that stands still answers few requests.
 */
export function windowGroups(
  { spans }: Pick<Selection, 'spans'>,
  counts: readonly WindowCount[],
  { lengthSeconds, minimumSamples }: GroupRule,
): WindowGroup[] {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  const originUs = spans[0]?.startUs ?? 0
  const samplesOf = new Map(counts.map(({ number, samples }) => [number, samples]))
  return spans.flatMap(({ startUs, endUs }) => {
    const first = Math.ceil((startUs - originUs) / lengthUs)
    const end = Math.floor((endUs - originUs) / lengthUs)
    const windows = Array.from({ length: Math.max(0, end - first) }, (_, index) => {
      const number = first + index
      const samples = samplesOf.get(number) ?? 0
      return { startUs: originUs + number * lengthUs, samples, numbers: [number] }
    })
    return joined(windows, minimumSamples)
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

function join(one: WindowGroup, next: WindowGroup): WindowGroup {
  return {
    startUs: one.startUs,
    samples: one.samples + next.samples,
    numbers: [...one.numbers, ...next.numbers],
  }
}
