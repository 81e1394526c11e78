import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isRunning } from '../core/processes.ts'
import { stackFolder, type StackFolder } from './stack-folder.ts'

/** What runs now, for other commands of this project. */
export interface StackState {
  /** Process that will stop it all. */
  pid: number
  /** Base URLs. */
  prometheus: string
  alertmanager: string
  grafana?: string
  /** This machine, as Prometheus has to call it: from inside a container it is not 127.0.0.1. */
  scrapeHost: string
}

/** What was started here and still runs; undefined when there is nothing, or only a crashed one's file. */
export function runningStack(
  env: NodeJS.ProcessEnv,
  folder: StackFolder = stackFolder(env),
): StackState | undefined {
  try {
    const state = JSON.parse(readFileSync(folder.state, 'utf8')) as StackState
    return isRunning(state.pid) ? state : undefined
  } catch {
    return undefined
  }
}

export function writeStackState(folder: StackFolder, state: StackState): void {
  writeFileSync(folder.state, `${JSON.stringify(state, undefined, 2)}\n`)
}

export function removeStackState(folder: StackFolder): void {
  rmSync(folder.state, { force: true })
}
