import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { type Finding, finding, optional } from './finding.ts'

/** A virtual user holds a connection: 1000 users need about 1100 files, several pages more. */
const ENOUGH_FILES = 4_096

/** The soft limit of open files, which the k6 that we start inherits. */
export async function checkOpenFiles(
  readLimit: () => Promise<number | undefined> = openFileLimit,
): Promise<Finding> {
  const limit = await readLimit()
  if (limit === undefined) return finding('open files', 'no limit known')
  if (limit === Infinity) return finding('open files', 'unlimited')
  if (limit >= ENOUGH_FILES) return finding('open files', `limit ${limit}`)
  const advice = `Enough for about ${Math.floor(limit / 1.1)} users: ulimit -n ${ENOUGH_FILES} in this terminal, then run again`
  return finding('open files', `limit ${limit}`, optional(advice))
}

/** Linux tells it for this process; elsewhere a shell that inherits it does; Windows has none. */
async function openFileLimit(): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined
  if (process.platform === 'linux') return parseLimits(await readFile('/proc/self/limits', 'utf8'))
  const { stdout } = await execa('sh', ['-c', 'ulimit -n'], { reject: false, timeout: 5_000 })
  return parseLimit(stdout)
}

/** Reads the soft limit from /proc/self/limits. */
export function parseLimits(limits: string): number | undefined {
  return parseLimit(/^Max open files +(\S+)/m.exec(limits)?.[1])
}

function parseLimit(text: string | undefined): number | undefined {
  if (text === 'unlimited') return Infinity
  return text && /^\d+$/.test(text) ? Number(text) : undefined
}
