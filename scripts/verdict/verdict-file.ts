import { printableAll } from '../core/printable.ts'
import type { SinceLastRun } from '../compare/since-last-run.ts'
import { writeJson } from '../files/write-whole.ts'
import type { Manifest } from '../run/manifest.ts'
import type { PrometheusPushes } from '../prometheus/lost-pushes.ts'
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
