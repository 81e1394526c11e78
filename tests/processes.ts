// The processes below one of ours, as /proc has them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const ENDED_WITHIN_MS = 5_000

/** Ids of all processes that this one has started, and of those that these have started. */
export function descendants(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = all.map((name) => [Number(name), Number(statOf(name)?.[1])] as const)
  const below = (parent: number): number[] =>
    parents.flatMap(([each, above]) => (above === parent ? [each, ...below(each)] : []))
  return below(pid)
}

/** The command line of a process; empty when it has ended. */
export function commandOf(pid: number): string {
  return readOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
}

/** Whether it is still there; one that has ended and was not waited for is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return statOf(String(pid))?.[0] !== 'Z'
}

/** Waits until all of them have ended, 5 s at most. */
export async function assertGone(pids: readonly number[]): Promise<void> {
  const endMs = Date.now() + ENDED_WITHIN_MS
  while (pids.some(isAlive) && Date.now() < endMs) await sleep(100)
  const left = pids.filter(isAlive).map((pid) => `${pid} ${commandOf(pid)}`)
  assert.deepEqual(left, [])
}

/** The TCP ports (IPv4) at which these processes listen. */
export function listeningPorts(pids: readonly number[]): number[] {
  const inodes = new Set(pids.flatMap(socketsOf))
  return listeners()
    .filter(({ inode }) => inodes.has(inode))
    .map(({ port }) => port)
}

/** Whether any process listens at this port. */
export function isListening(port: number): boolean {
  return listeners().some((each) => each.port === port)
}

// `proc(5)`: state and parent.
function statOf(pid: string): string[] | undefined {
  return readOf(`/proc/${pid}/stat`).split(') ').at(1)?.split(' ')
}

// State 0A of /proc/net/tcp is LISTEN.
function listeners(): { port: number; inode: string }[] {
  const rows = readOf('/proc/net/tcp').split('\n').slice(1)
  return rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/)
    return state === '0A' ? [{ port: Number.parseInt(local.split(':')[1] ?? '', 16), inode }] : []
  })
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const target = readlinkSync(`/proc/${pid}/fd/${name}`)
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []
    })
  } catch {
    return [] // it has ended in the meantime
  }
}

function readOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it has ended in the meantime
  }
}
