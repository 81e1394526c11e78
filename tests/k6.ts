import { findK6, type FoundK6 } from '../scripts/k6/find-k6.ts'
import { k6Context } from '../scripts/k6/k6-context.ts'

/** The real k6, installed if need be: the tests prove nothing without it. */
export function realK6(): Promise<FoundK6> {
  const silent = (): void => undefined
  return findK6(k6Context({ env: process.env, say: silent, progress: silent }))
}
