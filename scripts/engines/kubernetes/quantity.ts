import { wrongValue } from '../../core/usage-errors.ts'

const SIZES: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/**
 * Bytes of a Kubernetes quantity of memory: `2Gi`, `512Mi`, `1.5G`.
 *
 * @throws ToolkitError when it is none
 */
export function memoryBytes(quantity: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(quantity) ?? []
  const bytes = Number(digits) * (SIZES[unit] ?? NaN)
  if (digits !== '' && bytes > 0) return bytes
  throw wrongValue('--memory', 'a quantity of Kubernetes such as 512Mi or 2Gi', quantity)
}

/** Throws unless it is a quantity of CPU: `500m`, `2`, `0.5`. */
export function checkCpu(quantity: string): string {
  if (/^(\d+m|\d+(\.\d+)?)$/.test(quantity) && parseFloat(quantity) > 0) return quantity
  throw wrongValue('--cpu', 'a quantity of Kubernetes such as 500m or 2', quantity)
}
