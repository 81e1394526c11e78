import { spawnSync } from 'node:child_process'

const TIMEOUT_MS = 5_000

/** Ends a process on Windows with all that it has started: there are neither groups of processes nor signals there. */
export function endTree(pid: number): void {
  spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', timeout: TIMEOUT_MS })
}
