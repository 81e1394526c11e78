// k6 listens to signals from when it makes its users until its load is over (v2.2.0, internal/cmd/run.go). Before
// and after, one kills it like any program: its last samples and its summary are lost then.
import { setTimeout } from 'node:timers/promises'
import { spawn } from 'node:child_process'
import { K6_STATUS, openK6Api } from './k6-api.ts'

export interface SignalTime {
  /** Of k6's API on 127.0.0.1. */
  port: number
  /** It has printed how its load goes. */
  hasBegun: () => boolean
  /** Aborted when k6 has ended. */
  ended: AbortSignal
}

const ASK_EVERY_MS = 50

/** A k6 under load that does not answer in this time is busy. */
const BUSY_MS = 2_000

/** One that has not begun by then may never do so. */
const START_MS = 30_000

/**
 * Waits until k6 would take a signal as the wish to stop.
 *
 * @returns false where its load is over: it ends by itself then, and needs no signal
 */
export async function waitForSignalTime({ port, hasBegun, ended }: SignalTime): Promise<boolean> {
  const api = openK6Api(port)
  const sinceMs = performance.now()
  while (!ended.aborted) {
    const status = await api.status(ended).catch(isRefused)
    // Its API comes before its load and goes after it.
    if (status === 'refused' && hasBegun()) return false
    if (typeof status === 'number' && status >= K6_STATUS.ended) return false
    if (typeof status === 'number' && status >= K6_STATUS.initVUs) return true
    const waitedMs = performance.now() - sinceMs
    if (waitedMs > (hasBegun() ? BUSY_MS : START_MS)) return true
    await setTimeout(ASK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined)
  }
  return false
}

function isRefused(error: unknown): 'refused' | 'silent' {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code === 'ECONNREFUSED' ? 'refused' : 'silent'
}

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
