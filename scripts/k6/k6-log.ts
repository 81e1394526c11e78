import { createWriteStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { cut, printable } from '../core/printable.ts'
import { maskSecrets } from '../core/mask-secrets.ts'

/** What k6.log tells about how a run went. */
export interface K6Log {
  /** Distinct error messages, in the order of their first appearance. */
  errors: string[]
  /** First line of the last error that k6 itself has told: why it ended, where it ended with one. */
  lastOwnError?: string
  /** Start of each k6 scenario, in milliseconds since 1970, as the script announced it. */
  startedAtMs: number[]
  /** Iterations that threw. */
  exceptions: number
  /** The same of each k6 scenario. */
  threwIn: Record<string, number>
  /** Chains of redirects that k6 followed to its own limit (`maxRedirects`, 10), and then gave up. */
  redirectsGivenUp: number
  /** By its progress, which is in the log of a pod only: elsewhere what k6 prints does not go to its log. */
  interruptedIterations?: number
}

const LINE = /level=(\w+) msg=("(?:[^"\\]|\\.)*"|\S*)/

// k6 v2.2.0, lib/netext/httpext/request.go; not said where the script has a limit of its own.
const GIVEN_UP = /^Stopped after \d+ redirects and returned the redirection/

/** k6 v2.2.0, lib/executor/helpers.go: of an iteration, and not of init code, setup() or teardown(). */
const EXCEPTION = /" executor=\S+ hint="script exception"/

/** Said better by the verdict's own table. */
const KNOWN_OTHERWISE = /^thresholds on metrics .* have been crossed/

/** Errors kept; a target that dies gives the same handful again and again. */
const ERRORS_MAX = 20

/** Reads k6's own log; a missing file is an empty log. */
export function readK6Log(path: string): K6Log {
  const log: K6Log = {
    errors: [],
    startedAtMs: [],
    exceptions: 0,
    threwIn: {},
    redirectsGivenUp: 0,
  }
  for (const line of readLines(path)) {
    const interrupted = interruptedIterations(line)
    if (interrupted !== undefined) log.interruptedIterations = interrupted
    const [, level, quoted = ''] = LINE.exec(line) ?? []
    // Much of it is a target's: its status, its body.
    const message = printable(unquote(quoted))
    const [, startedAt] = /^k6-verdict start \S+ (\d+(?:\.\d+)?)$/.exec(message) ?? []
    if (startedAt !== undefined) log.startedAtMs.push(Number(startedAt))
    if (GIVEN_UP.test(message)) log.redirectsGivenUp++
    if (level === 'error' && EXCEPTION.test(line)) {
      log.exceptions++
      const [, scenario = ''] = / hint="script exception" scenario=(\S+)/.exec(line) ?? []
      log.threwIn[scenario] = (log.threwIn[scenario] ?? 0) + 1
    }
    if (level !== 'error' || KNOWN_OTHERWISE.test(message)) continue
    if (!line.includes(' source=console')) log.lastOwnError = message.split('\n', 1)[0] ?? ''
    const isNew = !log.errors.includes(message)
    if (isNew && log.errors.length < ERRORS_MAX) log.errors.push(message)
  }
  return log
}

/** The message of one line; nothing of what is no line of k6's. */
export function messageIn(line: string): string {
  const [, , quoted = ''] = LINE.exec(line) ?? []
  return printable(unquote(quoted))
}

/** The error messages of a log, in their order. */
export function messagesIn(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    const [, level, quoted = ''] = LINE.exec(line) ?? []
    return level === 'error' ? [printable(unquote(quoted))] : []
  })
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

// Go quotes as JSON does, but for a few escapes that JSON does not know.
function unquote(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    return JSON.parse(text) as string
  } catch {
    return text.slice(1, -1)
  }
}

/**
 * How many iterations k6 has interrupted so far, if the line is its own progress line: `running (5.0s), 0/8 VUs,
 * 55 complete and 6 interrupted iterations`. k6 prints one each second, and the last one after its summary, when all
 * iterations are over (k6 v2.2.0, internal/execution/scheduler.go, getRunStats; nothing with `--quiet`). It
 * is the only place where they can be seen from outside: the samples of an interrupted iteration are thrown
 * away, and neither the summary nor the REST API counts them.
 */
export function interruptedIterations(line: string): number | undefined {
  const [, count] = PROGRESS.exec(line) ?? []
  return count === undefined ? undefined : Number(count)
}

const PROGRESS =
  /^(?:running|paused)\b.*, \d+\/\d+ VUs, \d+ complete and (\d+) interrupted iterations$/

/** In characters. A target may have written most of a line, and longer ones take the longer to mask. */
const LINE_MAX = 4_000

/**
 * Writes a log into a file while it comes: k6 logs the whole URL of each request that fails, and a query may hold a
 * secret. `onLine` gets each line as it is kept. All of it is read, also where no more can be written: a full disk must not end the run.
 */
export async function keepLog(
  log: Readable,
  path: string,
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  const file = createWriteStream(path, { flags: 'a' })
  const happens = (event: string) => new Promise((resolve) => file.once(event, resolve))
  const ended = happens('close')
  // Looked at below, as `errored`.
  file.on('error', () => undefined)
  for await (const line of createInterface({ input: log, crlfDelay: Infinity })) {
    const kept = maskSecrets(cut(line, LINE_MAX))
    onLine(kept)
    if (file.errored || file.write(`${kept}\n`)) continue
    await Promise.race([happens('drain'), ended])
  }
  file.end()
  await ended
}
