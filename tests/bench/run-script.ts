import { execa } from 'execa'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSummary, type Summary } from '../../scripts/verdict/facts/read-summary.ts'

/** One run of k6 and what it cost. */
export interface Cost {
  summary: Summary
  stderr: string
  /** User and system time of the k6 process. */
  cpuSeconds: number
  /** Most memory that it had at once. */
  peakBytes: number
}

export interface ScriptRun {
  k6: string
  script: string
  env: NodeJS.ProcessEnv
  /** More arguments of k6. */
  args?: string[]
}

// The shell's own accounting: Node has none for a child.
const MEASURED = '"$@"; times'

const SAMPLE_MS = 100

/** Runs a script to its end, as `k6 run` does. */
export async function runScript({ k6, script, env, args: more = [] }: ScriptRun): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const summaryPath = join(folder, 'summary.json')
  const pidFile = join(folder, 'pid')
  const args = ['run', '--quiet', '--summary-export', summaryPath, ...more, script]
  const child = execa('bash', ['-c', `echo $$ > ${pidFile}; ${MEASURED}`, 'bench', k6, ...args], {
    env: { ...env, K6_NO_USAGE_REPORT: 'true' },
  })
  let peakBytes = 0
  const timer = setInterval(() => {
    void highWaterMark(pidFile).then((bytes) => (peakBytes = Math.max(peakBytes, bytes)))
  }, SAMPLE_MS)
  const { stdout, stderr } = await child.finally(() => clearInterval(timer))
  const summary = await readSummary(summaryPath)
  return { summary, stderr, cpuSeconds: childSeconds(stdout), peakBytes }
}

/** The last line of the shell's `times`: user and system time of its children. */
function childSeconds(output: string): number {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => {
    return sum + Number(minutes) * 60 + Number(seconds)
  }, 0)
}

/** Of the shell's child; 0 while there is none. */
async function highWaterMark(pidFile: string): Promise<number> {
  try {
    const shell = (await readFile(pidFile, 'utf8')).trim()
    const child = (await readFile(`/proc/${shell}/task/${shell}/children`, 'utf8')).trim()
    const status = await readFile(`/proc/${child}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}
