import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import { html, type Html } from './html.ts'

/** The limit stands at this share of the bar; more than the bar is cut off. */
const LIMIT_AT = 70

/**
 * How much of what the limit allows was used: a bar that ends at the limit. Of `>= 99.9%` the rest up to
 * 100 % is what may be used, of `>= 1000/s` it is the limit by what was measured.
 */
type Used = Pick<ObjectiveResult, 'bound' | 'limit' | 'unit'> & { measured?: number | undefined }

export function limitUse(row: ObjectiveResult): Html | string {
  const used = usedRatio(row)
  if (used === undefined || !Number.isFinite(used)) return ''
  const percent = used > 9.995 ? 'over 999%' : `${Math.round(used * 100)}%`
  const width = Math.min(100, used * LIMIT_AT)
  return html`<span class="use"
    >${percent}<svg viewBox="0 0 100 12" aria-hidden="true">
      <rect class="room" width="100" height="12" />
      <rect
        class="${used > 1 ? 'used over' : 'used'}"
        y="3"
        width="${width.toFixed(1)}"
        height="6"
      />
      <path class="end" d="M${LIMIT_AT} 0v12" /></svg
  ></span>`
}

/** Above 1 the limit is missed. Undefined where nothing was measured, or a share makes no sense. */
export function usedRatio({ measured, bound, limit, unit }: Used): number | undefined {
  if (measured === undefined || measured < 0) return undefined
  if (limit.startsWith('<')) return bound > 0 ? measured / bound : undefined
  if (unit === 'ratio') return bound < 1 ? (1 - measured) / (1 - bound) : undefined
  return measured > 0 ? bound / measured : undefined
}
