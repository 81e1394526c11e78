// Pure: read by k6 and by Node. What is wrong in what a validator was given.
import type { AnswerRules } from './answer-rules.ts'
import type { Endpoint } from './endpoint.ts'
import { unknownNames, unless } from './mistakes.ts'
import { schemaMistakes } from './schema-mistakes.ts'

const FIELDS = 'status schema durationMsMax rules read shares values labels'.split(' ')

/** Every mistake of a validator, with the name of its endpoint. */
export const ruleMistakes = <Body, Input>(
  { name, statuses }: Pick<Endpoint, 'name' | 'statuses'>,
  rules: AnswerRules<Body, Input>,
): string[] => {
  const { schema, durationMsMax, status } = rules
  const isOnce =
    status === undefined || statuses === undefined || String(status) === String(statuses)
  const isTime = durationMsMax === undefined || durationMsMax > 0
  return [
    ...unknownNames(rules, FIELDS, `${name}: the validator`),
    ...unless(isTime, `${name}: durationMsMax to be a number of milliseconds`, durationMsMax),
    ...unless(isOnce, `${name}: status to be what its endpoint says (${String(statuses)})`, status),
    ...(schema === undefined ? [] : schemaMistakes(schema, `${name}: schema`)),
  ]
}
