// Pure. What to do next after a run: every recommendation has a measured figure behind it.
import type { ReportFile } from '../report/html/report-file.ts'
import { generatorAdvice } from './recommend-generator.ts'
import { closeAdvice, missedAdvice, tooFewAdvice } from './recommend-objective.ts'

/** One thing to do, and the figure that says so. Plain JSON. */
export interface Recommendation {
  /** Stable. */
  code: RecommendationCode
  /** What was measured, with its number; without the full stop. */
  figure: string
  /** A sentence: what to look at or to change. */
  advice: string
}

export type RecommendationCode =
  | 'OBJECTIVE_MISSED'
  | 'GENERATOR_BUSY'
  | 'LOAD_NOT_SENT'
  | 'SCRIPT_THREW'
  | 'TOO_FEW_SAMPLES'
  | 'CLOSE_TO_LIMIT'
  | 'LITTLE_ROOM'
  | 'DIAGNOSIS'

/** What a suite knows of a run besides its verdict. */
export interface RunCircumstances {
  /** Runs that shared this machine with it, itself included. */
  runsAtOnce: number
}

/** For each run; nobody reads a longer list. */
const MOST = 6

/** What to do about the verdict of a run, the deciding reasons first. */
export function recommendations(
  file: ReportFile,
  circumstances: RunCircumstances,
): Recommendation[] {
  const isInvalid = file.verdict === 'INVALID'
  // The figures of an INVALID run say nothing about the target.
  const ofTarget = isInvalid
    ? []
    : [
        ...missedAdvice(file, circumstances),
        ...tooFewAdvice(file),
        ...closeAdvice(file),
        ...diagnosed(file),
      ]
  const found = [...generatorAdvice(file, circumstances), ...ofTarget]
  return found.filter(({ figure }) => /\d/.test(figure)).slice(0, MOST)
}

function diagnosed({ diagnosis = [] }: ReportFile): Recommendation[] {
  return diagnosis
    .filter(({ severity }) => severity === 'warning')
    .map(({ title, text, advice }) => {
      const figure = `${title}: ${text.replace(/\.$/, '')}`
      return { code: 'DIAGNOSIS', figure, advice }
    })
}
