import { printableAll } from '../core/printable.ts'
import type { SinceLastRun } from './compared-row.ts'
import { writeJson } from '../core/write-whole.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import type { JudgedRun } from './judge-run.ts'

/** Of `verdict.json`; 1 had sentences without codes. */
export const VERDICT_FORMAT = 2

/** `verdict.json`: the only input of every report. */
export interface VerdictFile extends JudgedRun {
  format: typeof VERDICT_FORMAT
  run: Omit<Manifest, 'verdict' | 'exitCode'>
  /** What the script threw, first ones first, with TypeScript lines, and other errors of k6's log. */
  errors: string[]
  /** Missing where no earlier run had the same load. */
  sinceLast?: SinceLastRun
  /** What reached Prometheus; missing for a run that did not stream. Never part of the verdict. */
  prometheus?: PrometheusPushes
}

/** How much of a run Prometheus got; part of `verdict.json`. */
export interface PrometheusPushes {
  /** Without credentials. */
  url: string
  intervalSeconds: number
  /** Pushes of k6 and of the toolkit together. */
  due: number
  lost: number
  /** Pushes of k6 that took longer than the interval; what they carry came with the next one. */
  late: number
}

export interface VerdictParts {
  manifest: Manifest
  judged: JudgedRun
  errors: string[]
}

/** Nothing in it is more than text, whatever a target has answered. */
export function verdictFile({ manifest, judged, errors }: VerdictParts): VerdictFile {
  return printableAll({ format: VERDICT_FORMAT, run: manifest, ...judged, errors })
}

export function writeVerdict(path: string, file: VerdictFile): Promise<void> {
  return writeJson(path, file)
}

/** What the tables and charts of a report count, in words. */
export interface TrafficWords {
  one: 'request' | 'operation'
  /** Head of a column of counts. */
  counts: 'Requests' | 'Operations'
  /** Head of a column of names. */
  name: 'Endpoint' | 'Operation'
}

/** Requests; of a run that sent none by HTTP, its operations. */
export function trafficWords({ traffic }: Pick<JudgedRun, 'traffic'>): TrafficWords {
  return traffic === 'operations'
    ? { one: 'operation', counts: 'Operations', name: 'Operation' }
    : { one: 'request', counts: 'Requests', name: 'Endpoint' }
}
