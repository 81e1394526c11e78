import { execFile, type ExecFileException } from 'node:child_process'
import { k6Environment, usableMemoryBytes } from './environment.ts'

/** A k6 that answered, or why it did not. */
export type VersionAnswer = { version: string } | { problem: string }

/** How to ask: the environment is scrubbed before k6 sees it. */
export interface VersionQuestion {
  env: NodeJS.ProcessEnv
  timeoutMs?: number
}

/** Asks a binary which k6 it is. Never throws: what is wrong with it is an answer too. */
export async function k6Version(path: string, question: VersionQuestion): Promise<VersionAnswer> {
  const asJson = await ask(path, ['version', '--json'], question)
  // k6 before v1 knows no --json, and its user should hear "too old" rather than "unknown flag".
  const refused = asJson.exitCode !== undefined && asJson.exitCode !== 0
  const answer = refused ? await ask(path, ['version'], question) : asJson

  if (answer.timedOut) return { problem: 'gave no answer to "k6 version" in time' }
  if (answer.exitCode === undefined)
    return { problem: `cannot be run (${answer.code ?? 'killed'})` }
  if (answer.exitCode !== 0) return { problem: `"k6 version" exited with ${answer.exitCode}` }
  const version = parseK6Version(answer.stdout)
  return version === undefined ? { problem: "gave an answer that is not k6's" } : { version }
}

/** `v2.2.0` from `k6 version --json`, or from the plain text of an older k6. */
export function parseK6Version(stdout: string): string | undefined {
  const text = /^\S+ (v\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]
  if (text !== undefined) return text
  try {
    const answer = JSON.parse(stdout) as { version?: unknown } | null
    const version = answer?.version
    return typeof version === 'string' && /^v\d+\.\d+\.\d+/.test(version) ? version : undefined
  } catch {
    return undefined
  }
}

/** Whether this project can drive a k6: version 2, of which it uses only what 2.0 has. */
export function isSupported(version: string): boolean {
  return version.startsWith('v2.')
}

interface Answer {
  /** Undefined when it could not be run, or did not end by itself. */
  exitCode: number | undefined
  /** The system's word for why it could not be run. */
  code: string | undefined
  timedOut: boolean
  stdout: string
}

// Not by execa: every run asks this, and loading execa takes a tenth of the time to the first request.
function ask(
  path: string,
  args: string[],
  { env, timeoutMs = 10_000 }: VersionQuestion,
): Promise<Answer> {
  const scrubbed = k6Environment({ env, totalMemoryBytes: usableMemoryBytes() })
  const options = { env: scrubbed, timeout: timeoutMs, killSignal: 'SIGKILL' } as const
  return new Promise((resolve) => {
    const child = execFile(path, args, options, (error, stdout) => {
      resolve({ ...ending(error), stdout })
    })
    child.stdin?.end()
  })
}

function ending(error: ExecFileException | null): Omit<Answer, 'stdout'> {
  const { code } = error ?? { code: 0 }
  return {
    exitCode: typeof code === 'number' ? code : undefined,
    code: typeof code === 'string' ? code : undefined,
    timedOut: error?.killed === true,
  }
}
