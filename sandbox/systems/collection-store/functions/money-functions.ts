// Stored functions about money, in cents: whole numbers, so that every result is exact.

export interface Loan {
  principal: number
  /** Interest of one period, in hundredths of a percent. */
  rateBasisPoints: number
  periods: number
}

/** Calculation: interest is added at the end of each period, and rounded down to a cent. */
export function compoundInterest({ principal, rateBasisPoints, periods }: Loan) {
  let balance = principal
  for (let period = 0; period < periods; period++) {
    balance += Math.floor((balance * rateBasisPoints) / 10_000)
  }
  return { balance, interest: balance - principal }
}

export interface Order {
  lines: { unitPrice: number; quantity: number }[]
  coupon?: 'TEN' | 'NONE'
  country: keyof typeof VAT_PERCENT
}

const VAT_PERCENT = { DE: 19, FR: 20, LU: 17 }
const BULK_QUANTITY = 10
const FREE_SHIPPING_FROM = 10_000
const SHIPPING = 490

/**
 * Business logic: a line of ten or more is 5 % off, a coupon takes 10 % of the goods, shipping is free
 * from 100.00, and value added tax is on all of it. Each step is rounded down to a cent.
 */
export function priceOrder({ lines, coupon = 'NONE', country }: Order) {
  const goods = lines.reduce((sum, line) => sum + lineTotal(line), 0)
  const discount = coupon === 'TEN' ? Math.floor(goods / 10) : 0
  const shipping = goods - discount >= FREE_SHIPPING_FROM ? 0 : SHIPPING
  const net = goods - discount + shipping
  const tax = Math.floor((net * VAT_PERCENT[country]) / 100)
  return { goods, discount, shipping, tax, total: net + tax }
}

function lineTotal({ unitPrice, quantity }: Order['lines'][number]): number {
  const full = unitPrice * quantity
  return quantity >= BULK_QUANTITY ? full - Math.floor((full * 5) / 100) : full
}
