import { spawn } from 'node:child_process'

/** Ends what this process has left behind. */
export interface OrphanGuard {
  /** Nothing is left: the guard goes, and touches nothing. */
  close: () => void
}

// Only when this process has died without a word does its input end before "done".
const WHEN_DEAD = 'read -r line && exit 0'

// A k6 that has been asked to end gets four seconds for its teardown and its files.
const END_K6 = `kill -INT "$1" 2> /dev/null || exit 0
for _ in 1 2 3 4; do
  sleep 1
  kill -0 "$1" 2> /dev/null || exit 0
done
kill -KILL "$1"`

// What was being made just then is there a moment later.
const RUN_TWICE = `"$@"
sleep 2
exec "$@"`

/** Ends a k6 when this process is dead. Without that, it would go on with its load. */
export function guardOrphan(pid: number): OrphanGuard {
  return guard(END_K6, [String(pid)])
}

/** Runs a command when this process is dead, and once more after that. */
export function runWhenDead(command: readonly string[]): OrphanGuard {
  return guard(RUN_TWICE, command)
}

// A small shell that watches this process. Where there is none, nothing is watched.
function guard(script: string, args: readonly string[]): OrphanGuard {
  const shell = spawn('sh', ['-c', `${WHEN_DEAD}\n${script}`, 'k6-guard', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A signal for the terminal's group is not for it.
    detached: true,
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return { close: () => shell.stdin.end('done\n') }
}
