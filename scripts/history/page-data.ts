import { dateText } from './trend-text.ts'
import type { ObjectiveRecord, RunRecord } from './run-record.ts'

/** What the page's script compares; names stand once, since hundreds of runs share them. */
export interface PageData {
  objectives: Pick<ObjectiveRecord, 'id' | 'indicator' | 'limit' | 'unit'>[]
  /** Newest first, as in the table. */
  runs: PageRun[]
}

export interface PageRun {
  /** Name of its folder. */
  name: string
  started: string
  scenario: string
  workload: string
  setup: string
  verdict: string
  /** Place in `objectives`, value, verdict. */
  values: [objective: number, measured: number | null, verdict: string][]
}

/** A screen shows fewer. */
const DIGITS = 7

/** Puts the runs into the form that the page's script reads. */
export function pageData(runs: readonly RunRecord[]): PageData {
  const places = new Map<string, number>()
  const objectives: PageData['objectives'] = []
  const placeOf = ({ id, indicator, limit, unit }: ObjectiveRecord): number => {
    const key = JSON.stringify([id, indicator, limit, unit])
    const place = places.get(key) ?? objectives.push({ id, indicator, limit, unit }) - 1
    places.set(key, place)
    return place
  }
  const rows = [...runs].reverse().map((run): PageRun => {
    const { folder: name, startedAtMs, scenario, workload, setup, verdict } = run
    const values = run.objectives.map((row): PageRun['values'][number] => {
      const { measured } = row
      const value = measured === undefined ? null : Number(measured.toPrecision(DIGITS))
      return [placeOf(row), value, row.verdict]
    })
    return { name, started: dateText(startedAtMs), scenario, workload, setup, verdict, values }
  })
  return { objectives, runs: rows }
}
