// Pure: what computed attributes must be, computed here for comparison. Money in cents.

/** Fields of an item. */
export interface ItemFields {
  price: number
  quantity: number
  discountPercent: number
  taxPercent: number
  series: number[]
}

export type Attribute = 'total' | 'spread' | 'net' | 'gross'

/** The value of an attribute. */
export const attributeOf = (fields: ItemFields, attribute: Attribute): number => {
  const { price, quantity, discountPercent, taxPercent, series } = fields
  if (attribute === 'spread') return spreadOf(series)
  const total = price * quantity
  if (attribute === 'total') return total
  const net = total - Math.floor((total * discountPercent) / 100)
  return attribute === 'net' ? net : net + Math.floor((net * taxPercent) / 100)
}

/** The sum of the differences of all pairs: in a sorted list each number is added once for every smaller one. */
const spreadOf = (series: readonly number[]): number => {
  const sorted = [...series].sort((one, other) => one - other)
  return sorted.reduce((sum, value, at) => sum + value * (2 * at - sorted.length + 1), 0)
}
