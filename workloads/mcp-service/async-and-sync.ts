// The same tool called one after the other, and many times at once by k6's asynchronous requests.
import { Rate, Trend } from 'k6/metrics'
import { toolValidator } from '../../lib/mcp.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { documentOf, VALIDATE, VALIDATE_AT_ONCE, VALIDATED, validated } from './service.ts'

/** Operations per second, one after the other. */
const sequentialThroughput = new Trend('mcp_sequential_throughput')

/** Operations per second when all of them start at once. */
const asyncThroughput = new Trend('mcp_async_throughput')

/** The asynchronous throughput divided by the sequential one. */
const asyncSpeedup = new Trend('mcp_async_speedup')

/** Share of the operations started at once that succeeded. */
const asyncSucceeded = new Rate('mcp_async_succeeded')

const ONE_BY_ONE = 20
const AT_ONCE = 200

const validatedAtOnce = toolValidator(VALIDATE_AT_ONCE, VALIDATED)

/** Twenty validations one after the other, then two hundred at once. */
export const asyncAndSync = async (session: Session, { index }: IterationData): Promise<void> => {
  const oneByOne = perSecond(ONE_BY_ONE, oneAfterTheOther(session, index))
  const atOnce = perSecond(AT_ONCE, await allAtOnce(session, index))
  sequentialThroughput.add(oneByOne)
  asyncThroughput.add(atOnce)
  asyncSpeedup.add(atOnce / oneByOne)
}

const oneAfterTheOther = (session: Session, index: number): number => {
  const startedAtMs = Date.now()
  for (let part = 1; part <= ONE_BY_ONE; part++)
    validated(VALIDATE.call(session, { content: documentOf(index, part) }))
  return Date.now() - startedAtMs
}

const allAtOnce = async (session: Session, index: number): Promise<number> => {
  const startedAtMs = Date.now()
  const calls = Array.from({ length: AT_ONCE }, (_, part) =>
    VALIDATE_AT_ONCE.callAsync(session, { content: documentOf(index, ONE_BY_ONE + part + 1) }),
  )
  const ended = await Promise.allSettled(calls)
  const tookMs = Date.now() - startedAtMs
  let failure: unknown
  for (const call of ended) {
    const isGood = call.status === 'fulfilled' && validatedAtOnce(call.value) !== undefined
    asyncSucceeded.add(isGood)
    if (call.status === 'rejected') failure ??= call.reason
  }
  if (failure !== undefined) throw failure as Error
  return tookMs
}

const perSecond = (count: number, tookMs: number): number => (count * 1_000) / Math.max(tookMs, 1)
