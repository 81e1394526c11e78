import { execa } from 'execa'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSummary, type Summary } from '../../scripts/verdict/read-summary.ts'

/** One run of k6 and what it cost. */
export interface Cost {
  summary: Summary
  /** User and system time of the k6 process. */
  cpuSeconds: number
  /** Most memory that it had at once. */
  peakBytes: number
}

export interface ScriptRun {
  k6: string
  script: string
  env: NodeJS.ProcessEnv
}

// The shell's own accounting: Node has none for a child.
const MEASURED = '"$@"; times'

const SAMPLE_MS = 100

/** Runs a script to its end, as `k6 run` does. */
export async function runScript({ k6, script, env }: ScriptRun): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-bench-'))
  const summaryPath = join(folder, 'summary.json')
  const args = ['run', '--quiet', '--summary-export', summaryPath, script]
  const child = execa(
    'bash',
    ['-c', `echo $$ > ${folder}/pid; ${MEASURED}`, 'bench', k6, ...args],
    {
      env: { ...env, K6_NO_USAGE_REPORT: 'true' },
      stderr: 'ignore',
    },
  )
  const memory = watchMemory(join(folder, 'pid'))
  const { stdout } = await child.finally(memory.stop)
  // The last line of `times`: user and system time of the children.
  const cpuSeconds = (stdout.split('\n').at(-1) ?? '').split(' ').reduce((sum, part) => {
    const [, minutes = 0, seconds = 0] = /^(\d+)m([\d.]+)s$/.exec(part) ?? []
    return sum + Number(minutes) * 60 + Number(seconds)
  }, 0)
  return { summary: await readSummary(summaryPath), cpuSeconds, peakBytes: memory.peakBytes() }
}

/** Reads the high-water mark of the shell's child while it lives. */
function watchMemory(pidFile: string) {
  let peakBytes = 0
  const timer = setInterval(() => void read().catch(() => undefined), SAMPLE_MS)
  const read = async (): Promise<void> => {
    const shell = (await readFile(pidFile, 'utf8')).trim()
    const children = await readFile(`/proc/${shell}/task/${shell}/children`, 'utf8')
    const status = await readFile(`/proc/${children.trim()}/status`, 'utf8')
    peakBytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024
  }
  return { stop: () => clearInterval(timer), peakBytes: () => peakBytes }
}

/** Writes a bundle where k6 can run it. */
export async function writeScript(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'k6-verdict-bench-')), 'script.js')
  await writeFile(path, text)
  return path
}
