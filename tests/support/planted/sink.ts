/** Restores the order of a heap whose first entry was moved to a later time. */
export function sink(heap: { at: number; user: number }[]): void {
  let place = 0
  for (;;) {
    const [left, right] = [2 * place + 1, 2 * place + 2]
    const at = (index: number): number => heap[index]?.at ?? Infinity
    const least = at(left) < at(right) ? left : right
    const [one, other] = [heap[place], heap[least]]
    if (!one || !other || other.at >= one.at) return
    heap[place] = other
    heap[least] = one
    place = least
  }
}
