import { fork } from 'node:child_process'
import { projectPath } from '../core/project.ts'

/** Ends what it watches should this process be killed before it could. */
export interface Guard {
  watch: (pid: number) => void
  forget: (pid: number) => void
  /** Runs a command then, for what has no process here; undefined takes it back. */
  onLoss: (command: readonly string[] | undefined) => void
  /** Lets it end. */
  close: () => void
}

/** Starts the guard: a small process of its own, out of reach of the terminal's Ctrl+C. */
export function startGuard(env: NodeJS.ProcessEnv): Guard {
  const child = fork(projectPath('scripts', 'observability', 'guard.mjs'), {
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env,
  })
  // What cannot be guarded must still work: the guard is for the worst case only.
  child.on('error', () => undefined)
  const tell = (message: object): void => {
    if (child.connected) child.send(message, () => undefined)
  }
  return {
    watch: (pid) => tell({ type: 'watch', pid }),
    forget: (pid) => tell({ type: 'forget', pid }),
    onLoss: (command) => tell({ type: 'command', command }),
    close: () => {
      if (child.connected) child.disconnect()
    },
  }
}
