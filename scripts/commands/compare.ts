import { type CompareOptions, checkCompareUsage } from '../pairs/compare-options.ts'
import { comparePairs } from '../pairs/compare-pairs.ts'
import { compareTwo } from '../compare/compare-two.ts'
import { saveBaseline } from '../compare/save-baseline.ts'

/** Compares two runs, runs pairs, or writes a baseline file; the exit code says the verdict. */
export async function compare(inputs: readonly string[], options: CompareOptions): Promise<number> {
  checkCompareUsage(inputs, options)
  const [first = '', second = ''] = inputs
  const { pairs, saveBaseline: file } = options
  if (pairs) return comparePairs(first, { ...options, pairs })
  if (file !== undefined) return saveBaseline(first, file)
  return compareTwo(first, second)
}
