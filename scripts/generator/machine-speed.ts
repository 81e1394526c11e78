import { createHash } from 'node:crypto'

/**
 * CPU time of the task below on the machine where the cost of a request was measured: two shared virtual
 * CPUs (AMD EPYC) of 2026, Node 20.
 */
const REFERENCE_TASK_MS = 0.06

const BATCHES = 8
const ROUNDS = 100

/**
 * How slow a CPU of this machine is, as a factor of the one that costs were measured on: 2 takes twice
 * as long. By CPU time, so that neighbours hardly count. Takes about 60 ms.
 */
export function cpuSlowness(): number {
  // The fastest: the first ones are spent on compiling, and a neighbour costs cache.
  return Math.min(...Array.from({ length: BATCHES }, taskMs)) / REFERENCE_TASK_MS
}

function taskMs(): number {
  const start = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round += 1) task()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000 / ROUNDS
}

const ANSWER = JSON.stringify(
  Array.from({ length: 100 }, (_, id) => ({
    id,
    prompt: `Explain ${id}`,
    score: id / 7,
    tags: ['a'],
  })),
)

// What a request costs both sides in kind: JSON read and written, a digest.
function task(): string {
  const parsed = JSON.parse(ANSWER) as { id: number }[]
  for (const item of parsed) item.id += 1
  return createHash('sha256').update(JSON.stringify(parsed)).digest('hex')
}
