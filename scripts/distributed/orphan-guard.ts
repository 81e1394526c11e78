import { spawn } from 'node:child_process'

/** Ends k6 that wait for a signal for ever, where nobody is left to send it. */
export interface OrphanGuard {
  add: (pid: number) => void
  /** All of them have ended: the guard goes, and touches nothing. */
  close: () => void
}

// Process ids come line by line. Only when this process has died without a word does the list end
// before "done", and then each k6 gets its one signal.
const SCRIPT = `pids=''
while read -r line; do
  [ "$line" = done ] && exit 0
  pids="$pids $line"
done
for pid in $pids; do kill -INT "$pid"; done`

/**
 * Watches this process from a small one of its own: a paused or lingering k6 would outlive it for ever.
 * Where there is no shell nothing is watched.
 */
export function guardOrphans(): OrphanGuard {
  const guard = spawn('sh', ['-c', SCRIPT], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // The terminal's Ctrl+C is not for it.
    detached: true,
  })
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  return {
    add: (pid) => guard.stdin.write(`${pid}\n`),
    close: () => guard.stdin.end('done\n'),
  }
}
