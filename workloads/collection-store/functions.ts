import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { pick, type Random } from '../../lib/random.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { groupsOf, interestOf, orderPrice, summaryOf } from './function-results.ts'

/** An operation that calls a stored function, and compares its result with the one computed here. */
const functionCall = <Parameters>(
  name: string,
  parametersOf: (random: Random) => Parameters,
  resultOf: (parameters: Parameters) => object,
) => {
  const call = endpoint(`POST /v1/store/functions/${name}/calls`)
  const validate = answerValidator<{ result: object }, object>(call, {
    schema: { type: 'object', properties: { result: { type: 'object' } } },
    rules: { 'result-correct': ({ result }, expected) => isSame(result, expected) },
  })
  return (session: Session, { random }: IterationData): void => {
    const parameters = parametersOf(random)
    validate(session.send(call, { parameters }), resultOf(parameters))
  }
}

const whole = (random: Random, below: number): number => Math.floor(random() * below)

const listOf = <Item>(random: Random, length: number, item: (random: Random) => Item): Item[] =>
  Array.from({ length }, () => item(random))

/** A simple calculation. */
export const calculate = functionCall(
  'compound-interest',
  (random) => ({
    principal: whole(random, 1_000_000),
    rateBasisPoints: whole(random, 1_000),
    periods: 1 + whole(random, 60),
  }),
  interestOf,
)

/** Business logic: what an order costs. */
export const applyBusinessLogic = functionCall(
  'price-order',
  (random) => ({
    lines: listOf(random, 5, () => ({
      unitPrice: whole(random, 10_000),
      quantity: 1 + whole(random, 20),
    })),
    coupon: pick(random, ['TEN', 'NONE'] as const),
    country: pick(random, ['DE', 'FR', 'LU'] as const),
  }),
  orderPrice,
)

/** A transformation of a list. */
export const transform = functionCall(
  'group-events',
  (random) => ({
    events: listOf(random, 50, () => ({
      type: pick(random, ['view', 'click', 'buy'] as const),
      user: 1 + whole(random, 10),
      value: whole(random, 1_000),
    })),
  }),
  groupsOf,
)

/** An aggregation of numbers. */
export const aggregateValues = functionCall(
  'summarize',
  (random) => ({ values: listOf(random, 100, () => whole(random, 10_000)) }),
  summaryOf,
)

// Results are flat or one level deep, and of whole numbers.
const isSame = (one: unknown, other: unknown): boolean => {
  if (typeof other !== 'object' || other === null) return one === other
  const [all, expected] = [one as Record<string, unknown>, other as Record<string, unknown>]
  const names = Object.keys(expected)
  return (
    Object.keys(all).length === names.length &&
    names.every((name) => isSame(all[name], expected[name]))
  )
}
