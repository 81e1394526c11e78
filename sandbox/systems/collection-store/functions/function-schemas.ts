const integer = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum })
const listOf = (items: object) => ({ type: 'array', minItems: 1, maxItems: 1_000, items })
const objectOf = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
})

/** Parameters of each stored function. The limits keep all integers exact, and every call short. */
export const PARAMETERS: Record<string, object> = {
  'compound-interest': objectOf({
    principal: integer(0, 100_000_000),
    rateBasisPoints: integer(0, 1_000),
    periods: integer(1, 100),
  }),
  'price-order': objectOf(
    {
      lines: listOf(objectOf({ unitPrice: integer(0, 1_000_000), quantity: integer(1, 1_000) })),
      coupon: { type: 'string', enum: ['TEN', 'NONE'] },
      country: { type: 'string', enum: ['DE', 'FR', 'LU'] },
    },
    ['lines', 'country'],
  ),
  'group-events': objectOf({
    events: listOf(
      objectOf({
        // A name such as __proto__ would not become a field of the result.
        type: { type: 'string', pattern: '^[a-z][a-z-]{0,30}$' },
        user: integer(1, 1_000_000_000),
        value: integer(0, 1_000_000_000),
      }),
    ),
  }),
  summarize: objectOf({ values: listOf(integer(-1_000_000_000, 1_000_000_000)) }),
}
