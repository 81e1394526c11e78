import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeJson, writeWhole } from '../core/write-whole.ts'
import type { ScalingVerdict } from './judge-scaling.ts'
import { scalingMarkdown } from './scaling-report.ts'

/** `scaling.json`. */
export interface ScalingFile extends ScalingVerdict {
  format: 1
  kind: 'scaling'
  id: string
  workload: string
  mix?: string
  isSandbox: boolean
  /** The least that was asked for, 0 to 1. */
  efficiency?: number
  replicasPlanned: number[]
  seed: number
  versions: { toolkit: string; k6: string }
  startedAt: string
  endedAt: string
  exitCode: number
}

/** Writes `scaling.json` and `scaling.md` into the folder of all runs. */
export async function writeScaling(folder: string, file: ScalingFile): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeJson(join(folder, 'scaling.json'), file)
  await writeWhole(join(folder, 'scaling.md'), `${scalingMarkdown(file)}\n`)
}
