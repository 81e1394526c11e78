import { placeholder, placeholdersOf } from '../../lib/plan-file/template.ts'
import { nearest } from '../sla/nearest.ts'
import { quote, unknownName } from '../sla/problem.ts'
import type { Place } from '../data-file/data-file.ts'
import type { PlanProblem } from './plan-problem.ts'

/** What placeholders may name at some place of a plan. */
export interface KnownNames {
  /** Rows by the name of their list. */
  rows: Record<string, readonly unknown[]>
  /** What earlier steps of the operation have captured. */
  captured: readonly string[]
}

const FORMS = 'user, user(4), iteration, uuid, random(1, 6), data.<list>.<field>, captured.<name>'

/** Placeholders of a value that mean nothing there. */
export function checkPlaceholders(value: unknown, at: Place, known: KnownNames): PlanProblem[] {
  return [...new Set(placeholdersOf(value))].flatMap((name) => {
    const fault = faultOf(name, known)
    return fault ? [{ at, ...fault }] : []
  })
}

function faultOf(name: string, known: KnownNames) {
  const [source, key = '', ...path] = name.split('.')
  if (source === 'captured') return unknownName('captured value', key, known.captured)
  if (source === 'data') return dataFault(key, path, known.rows)
  if (placeholder(name)) return undefined
  const guess = nearest(name, ['user', 'iteration', 'uuid', 'random(1, 6)', 'captured', 'data'])
  return {
    expected: 'a known placeholder',
    found: quote(`\${${name}}`),
    hint: `${guess === undefined ? '' : `Did you mean "\${${guess}}"? `}Known: ${FORMS}; "$\${…}" is sent as "\${…}".`,
  }
}

function dataFault(list: string, [field]: readonly string[], rows: KnownNames['rows']) {
  const unknown = unknownName('list of "data"', list, Object.keys(rows))
  if (unknown || field === undefined) return unknown
  const fields = (rows[list] ?? []).map((row) =>
    typeof row === 'object' && row !== null ? Object.keys(row) : [],
  )
  const lacking = fields.find((names) => !names.includes(field))
  return lacking && unknownName(`field of each row of "${list}"`, field, lacking)
}
