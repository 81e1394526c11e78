// A reporter for Node's test runner: which files took longest, so that a slow one is seen before CI is slow.
import { relative } from 'node:path'

const SHOWN = 12

export default async function* slowestFiles(events) {
  const secondsOf = new Map()
  for await (const { type, data } of events) {
    const isTest = type === 'test:pass' || type === 'test:fail'
    if (!isTest || data.nesting > 0 || !data.file) continue
    const seconds = data.details.duration_ms / 1_000
    secondsOf.set(data.file, (secondsOf.get(data.file) ?? 0) + seconds)
  }
  const slowest = [...secondsOf].sort(([, a], [, b]) => b - a).slice(0, SHOWN)
  for (const [file, seconds] of slowest) {
    yield `${seconds.toFixed(0).padStart(5)} s  ${relative(process.cwd(), file)}\n`
  }
}
