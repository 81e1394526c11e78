// A reporter for Node's test runner: each test's name, file, time and error, a line of JSON each. run.mjs says at the
// very end what was slow and what failed, as a log of CI that is cut in its middle still has its end.
import { relative } from 'node:path'

export default async function* testEvents(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const { duration_ms: elapsedMs, error, type: kind } = data.details
    const file = data.file ? relative(process.cwd(), data.file) : ''
    const isFailed = type === 'test:fail' && error?.failureType !== 'subtestsFailed'
    const isPassed = type === 'test:pass' && kind !== 'suite' && data.skip === undefined
    const message = isFailed ? String(error?.cause?.message ?? error?.cause ?? error) : ''
    const test = { name: data.name, file, elapsedMs, depth: data.nesting }
    yield `${JSON.stringify({ ...test, isPassed, isFailed, message })}\n`
  }
}
