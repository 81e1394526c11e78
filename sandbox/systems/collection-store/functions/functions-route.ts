import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../../api-error.ts'
import { authenticate } from '../../../authenticate.ts'
import type { Tokens } from '../../../tokens.ts'
import { groupEvents, summarize } from './data-functions.ts'
import { compoundInterest, priceOrder } from './money-functions.ts'
import { PARAMETERS } from './function-schemas.ts'

const FUNCTIONS: Record<string, (parameters: never) => object> = {
  'compound-interest': compoundInterest,
  'price-order': priceOrder,
  'group-events': groupEvents,
  summarize,
}

interface Call {
  Params: { name: string }
  Body: { parameters: unknown }
}

/** `POST /v1/store/functions/:name/calls`: runs a stored function with parameters and returns its result. */
export function functionsRoute(app: FastifyInstance, tokens: Tokens): void {
  for (const [name, run] of Object.entries(FUNCTIONS)) {
    const body = {
      type: 'object',
      required: ['parameters'],
      properties: { parameters: PARAMETERS[name] },
    }
    app.post<Call>(
      `/v1/store/functions/${name}/calls`,
      { onRequest: authenticate(tokens), schema: { body } },
      ({ body: { parameters } }, reply) => {
        void reply.send({ function: name, result: run(parameters as never) })
      },
    )
  }
  app.post<Call>(
    '/v1/store/functions/:name/calls',
    { onRequest: authenticate(tokens) },
    ({ params: { name } }) => {
      const known = Object.keys(FUNCTIONS).join(', ')
      const rule = `Expected one of the stored functions ${known}, got ${name.slice(0, 100)}`
      throw new ApiError(404, 'not_found', rule)
    },
  )
}
