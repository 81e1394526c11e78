// One request of a plan file's operation.
import { check } from 'k6'
import { type Endpoint, endpoint, isExpectedStatus, type Query } from '../endpoint.ts'
import { answerValidator } from '../metric-validators.ts'
import type { RequestOptions, Response, Session } from '../session.ts'
import type { PlanRequest } from './plan-file.ts'
import { asText, template, type TemplateScope } from './template.ts'
import { isSameValue, valueAt } from './value-at.ts'

/** Runs a step; false if the rest of the operation has to be skipped. */
export type RunStep = (session: Session, scope: TemplateScope) => boolean

/** Requests to one route share its endpoint, by name. */
const endpoints: Record<string, Endpoint> = {}

/** Prepares a request and the validation of its response; to be called in init code. */
export const requestStep = (step: PlanRequest): RunStep => {
  const route = endpointOf(step)
  const isGood = answerLook(route, step)
  const body = template(step.body)
  const options = optionsOf(step)
  return (session, scope) => isGood(session.send(route, body(scope), options?.(scope)), scope)
}

const endpointOf = ({ request, label, statuses, redirects }: PlanRequest): Endpoint => {
  const name = label === undefined ? request : `${request} ${label}`
  return (endpoints[name] ??= endpoint(request, {
    ...(label !== undefined && { label }),
    ...(statuses && { statuses }),
    ...(redirects !== undefined && { redirects }),
  }))
}

type AnswerLook = (response: Response, scope: TemplateScope) => boolean

const answerLook = (
  route: Endpoint,
  { schema, checks = {}, capture = {} }: PlanRequest,
): AnswerLook => {
  const rules = { ...checkRules(route, checks), ...captureRules(capture) }
  if (schema === undefined && Object.keys(rules).length === 0) {
    // The body is not needed, so it is not parsed.
    const validate = answerValidator(route, { read: () => undefined })
    return (response) => {
      validate(response)
      return isExpectedStatus(route, response.status)
    }
  }
  const validate = answerValidator<unknown, TemplateScope>(route, {
    rules,
    ...(schema && { schema: schema }),
  })
  return (response, scope) => validate(response, scope) !== undefined
}

type Rules = Record<string, (body: unknown, scope: TemplateScope) => boolean>

// Each is a k6 check, too: its name is in the verdict.
const checkRules = (
  { name: route }: Endpoint,
  checks: NonNullable<PlanRequest['checks']>,
): Rules => {
  const rules = Object.entries(checks).map(([name, { at, equals }]) => {
    const wanted = template(equals)
    const named = { [`${route} ${name}`]: (isRight: boolean) => isRight }
    const rule: Rules[string] = (body, scope) =>
      check(isSameValue(valueAt(body, at), wanted(scope)), named)
    return [name, rule] as const
  })
  return Object.fromEntries(rules)
}

// Without the value later steps have nothing to send.
const captureRules = (capture: Record<string, string>): Rules => {
  const rules = Object.entries(capture).map(([name, at]) => {
    const rule: Rules[string] = (body, { captured }) => {
      captured[name] = valueAt(body, at)
      return captured[name] !== undefined
    }
    return [`capture.${name}`, rule] as const
  })
  return Object.fromEntries(rules)
}

const optionsOf = (
  step: PlanRequest,
): ((scope: TemplateScope) => RequestOptions<'text'>) | undefined => {
  const { as, timeout } = step
  const [params, query, headers] = [step.params, step.query, step.headers].map(
    (given) => given && template(given),
  )
  const fixed = { ...(as && { as }), ...(timeout !== undefined && { timeout }) }
  if (!params && !query && !headers) return Object.keys(fixed).length > 0 ? () => fixed : undefined
  return (scope) => ({
    ...fixed,
    ...(params && { params: textsOf(params(scope)) }),
    ...(query && { query: query(scope) as Query }),
    ...(headers && { headers: textsOf(headers(scope)) }),
  })
}

const textsOf = (values: unknown): Record<string, string> => {
  const texts = Object.entries(values as object).map(
    ([name, value]) => [name, asText(value)] as const,
  )
  return Object.fromEntries(texts)
}
