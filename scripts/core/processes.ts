import { spawnSync } from 'node:child_process'

const TIMEOUT_MS = 5_000

/** Ends a process on Windows with all that it has started: there are neither groups of processes nor signals there. */
export function endTree(pid: number): void {
  spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', timeout: TIMEOUT_MS })
}

/** Whether a process of that id exists, of this user or of another one. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
