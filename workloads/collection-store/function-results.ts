// Pure: what stored functions must return, computed here for comparison. Money in cents.

export interface Loan {
  principal: number
  rateBasisPoints: number
  periods: number
}

/** Interest of each period is rounded down and added. */
export const interestOf = ({ principal, rateBasisPoints, periods }: Loan) => {
  let balance = principal
  for (let left = periods; left > 0; left--) balance += share(balance, rateBasisPoints, 10_000)
  return { balance, interest: balance - principal }
}

export interface Order {
  lines: { unitPrice: number; quantity: number }[]
  coupon: 'TEN' | 'NONE'
  country: 'DE' | 'FR' | 'LU'
}

const TAX = { DE: 19, FR: 20, LU: 17 }

/** Ten or more of a line are 5 % off, a coupon 10 % of the goods; from 100.00 on shipping is free. */
export const orderPrice = ({ lines, coupon, country }: Order) => {
  let goods = 0
  for (const { unitPrice, quantity } of lines) {
    const full = unitPrice * quantity
    goods += quantity < 10 ? full : full - share(full, 5, 100)
  }
  const discount = coupon === 'TEN' ? share(goods, 10, 100) : 0
  const shipping = goods - discount < 10_000 ? 490 : 0
  const net = goods - discount + shipping
  const tax = share(net, TAX[country], 100)
  return { goods, discount, shipping, tax, total: net + tax }
}

export interface Events {
  events: { type: string; user: number; value: number }[]
}

/** By type: how many events, of how many users, and their value. */
export const groupsOf = ({ events }: Events) => {
  const groups: Record<string, { events: number; users: number; value: number }> = {}
  for (const { type } of events) {
    const own = events.filter((event) => event.type === type)
    groups[type] ??= {
      events: own.length,
      users: new Set(own.map(({ user }) => user)).size,
      value: sumOf(own.map(({ value }) => value)),
    }
  }
  return { groups }
}

/** The median is the lower one of two. */
export const summaryOf = ({ values }: { values: number[] }) => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.ceil(sorted.length / 2) - 1
  return {
    count: values.length,
    sum: sumOf(values),
    min: Math.min(...values),
    max: Math.max(...values),
    median: sorted[middle],
  }
}

const share = (of: number, parts: number, whole: number): number => Math.floor((of * parts) / whole)

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
