/** The fields of an item, as users set them; money in cents. */
export interface ItemFields {
  price: number
  quantity: number
  discountPercent: number
  taxPercent: number
  series: number[]
}

/** Computes one attribute from fields and from other attributes. */
interface Attribute {
  needs: readonly (keyof ItemFields | AttributeName)[]
  compute(fields: ItemFields, attribute: (name: AttributeName) => number): number
}

export type AttributeName = 'total' | 'spread' | 'net' | 'gross'

/** Simple (`total`), complex (`spread`), and dependent on other attributes (`net`, `gross`). */
export const ATTRIBUTES: Record<AttributeName, Attribute> = {
  total: {
    needs: ['price', 'quantity'],
    compute: ({ price, quantity }) => price * quantity,
  },
  spread: { needs: ['series'], compute: ({ series }) => spreadOf(series) },
  net: {
    needs: ['total', 'discountPercent'],
    compute: ({ discountPercent }, attribute) => {
      const total = attribute('total')
      return total - Math.floor((total * discountPercent) / 100)
    },
  },
  gross: {
    needs: ['net', 'taxPercent'],
    compute: ({ taxPercent }, attribute) => {
      const net = attribute('net')
      return net + Math.floor((net * taxPercent) / 100)
    },
  },
}

const NAMES = Object.keys(ATTRIBUTES) as AttributeName[]

/** All attributes that depend on the changed fields, directly or over other attributes. */
export function dependentsOf(changed: readonly string[]): AttributeName[] {
  const direct = NAMES.filter((name) =>
    ATTRIBUTES[name].needs.some((need) => changed.includes(need)),
  )
  const further = direct.flatMap((name) => dependentsOf([name]))
  return [...new Set([...direct, ...further])]
}

/** The sum of the differences of all pairs; quadratic on purpose, as the complex attribute. */
function spreadOf(series: readonly number[]): number {
  let sum = 0
  for (const [at, one] of series.entries()) {
    for (let other = at + 1; other < series.length; other++)
      sum += Math.abs(one - (series[other] ?? 0))
  }
  return sum
}
