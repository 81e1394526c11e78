// Stored functions about data.

export interface Events {
  events: { type: string; user: number; value: number }[]
}

interface Group {
  events: number
  users: number
  value: number
}

/** Transformation: a list of events becomes, by type, how many there were, of how many users, and their value. */
export function groupEvents({ events }: Events) {
  const users = new Map<string, Set<number>>()
  const groups = new Map<string, Group>()
  for (const { type, user, value } of events) {
    const group = groups.get(type) ?? { events: 0, users: 0, value: 0 }
    const seen = users.get(type) ?? new Set()
    group.events++
    group.value += value
    group.users = seen.add(user).size
    groups.set(type, group)
    users.set(type, seen)
  }
  return { groups: Object.fromEntries(groups) }
}

/** Aggregation: count, sum, extremes and the median (the lower one of two) of a list of numbers. */
export function summarize({ values }: { values: number[] }) {
  const sorted = [...values].sort((one, other) => one - other)
  return {
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    min: sorted[0],
    max: sorted.at(-1),
    median: sorted[Math.floor((sorted.length - 1) / 2)],
  }
}
