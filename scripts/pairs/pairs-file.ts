import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { writeJson, writeWhole } from '../core/write-whole.ts'
import { toolkitVersion } from '../core/project.ts'
import type { Targets } from '../plan/target.ts'
import type { Side } from './pairs-plan.ts'
import type { PairResult, PairsVerdict } from './pair-result.ts'
import { pairsMarkdown } from './pairs-markdown.ts'

/** `compare.json`. */
export interface PairsFile extends PairsVerdict {
  format: 1
  kind: 'pairs'
  id: string
  scenario: string
  workload: string
  plan: RunPlan
  seed: number
  targets: Record<Side, Targets>
  versions: { toolkit: string; k6: string }
  pairsPlanned: number
  pairs: PairResult[]
  margin: number
  /** What a gate was to be proven to stay within. */
  atMost?: number
  confidence: number
  startedAt: string
  endedAt: string
  exitCode: number
}

/** Writes `compare.json` and `compare.md` into the folder of the comparison. */
export async function writePairs(folder: string, file: PairsFile): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeJson(join(folder, 'compare.json'), file)
  await writeWhole(join(folder, 'compare.md'), `${pairsMarkdown(file)}\n`)
}

export function versionsOf(k6: string): PairsFile['versions'] {
  return { toolkit: toolkitVersion(), k6 }
}
