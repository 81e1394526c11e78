import type { FastifyInstance } from 'fastify'
import { authenticate } from '../../authenticate.ts'
import type { CanvasServices } from './system.ts'
import { calculateTree, type TreeQuery } from './tree-calculation.ts'

const SCHEMA = {
  body: {
    type: 'object',
    required: ['tree'],
    properties: {
      tree: { type: 'object' },
      query: {
        type: 'object',
        properties: {
          value_min: { type: 'number' },
          depth_max: { type: 'integer', minimum: 0 },
          top: { type: 'integer', minimum: 1, maximum: 100 },
        },
      },
    },
  },
}

/** `POST /v1/value-trees/calculations`: calculates a tree and reports how long that took. */
export function valueTreesRoute(
  app: FastifyInstance,
  { tokens, treeDelayMs }: CanvasServices,
): void {
  app.post<{ Body: { tree: object; query?: TreeQuery } }>(
    '/v1/value-trees/calculations',
    { onRequest: authenticate(tokens), schema: SCHEMA },
    ({ body: { tree, query } }) => Promise.resolve(calculateTree(tree, query, treeDelayMs)),
  )
}
