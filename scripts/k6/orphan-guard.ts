import { spawn } from 'node:child_process'

/** Ends a k6 that this process has left behind. */
export interface OrphanGuard {
  /** k6 has ended by itself: the guard goes, and touches nothing. */
  close: () => void
}

// Only when this process has died without a word does its input end before "done". A k6 that has been asked
// to end gets four seconds for its teardown and its files.
const SCRIPT = `read -r line && exit 0
kill -INT "$1" 2> /dev/null || exit 0
for _ in 1 2 3 4; do
  sleep 1
  kill -0 "$1" 2> /dev/null || exit 0
done
kill -KILL "$1"`

/**
 * Starts a small shell that watches this process. Without it, k6 would outlive a command that was killed, and
 * go on with its load. Where there is no shell, nothing is watched.
 */
export function guardOrphan(pid: number): OrphanGuard {
  const guard = spawn('sh', ['-c', SCRIPT, 'k6-guard', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A signal for the terminal's group is not for it.
    detached: true,
  })
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  return { close: () => guard.stdin.end('done\n') }
}
