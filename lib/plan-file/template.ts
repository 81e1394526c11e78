// Pure: read by k6 and by Node. Texts with placeholders: `${user}`, `${data.products.id}`, `${captured.order}`.
import { nth, type Random } from '../random.ts'
import { valueAt } from './value-at.ts'

/** The values of placeholders in one iteration. */
export interface TemplateScope {
  user: number
  iteration: number
  random: Random
  uuid: () => string
  /** Rows to pick from, by the name of their list. */
  lists: Record<string, readonly unknown[]>
  /** The row of each list that this iteration has picked. */
  picked: Record<string, unknown>
  captured: Record<string, unknown>
}

/** Returns the value with its placeholders filled in. */
export type Template = (scope: TemplateScope) => unknown

/** `$${...}` is no placeholder: it is sent as `${...}`. */
const PLACEHOLDER = /\$(\$\{[^}]*\})|\$\{([^}]*)\}/g

/**
 * Prepares a value. A text that is one placeholder and nothing else has the type of what it stands for; a value
 * without placeholders stays as it is.
 *
 * @throws Error for an unknown placeholder
 */
export const template = (value: unknown): Template => {
  if (!hasPlaceholder(value)) return () => value
  if (typeof value === 'string') return textTemplate(value)
  if (Array.isArray(value)) {
    const items = value.map(template)
    return (scope) => items.map((item) => item(scope))
  }
  const fields = Object.entries(value as object).map(
    ([name, field]) => [name, template(field)] as const,
  )
  return (scope) => Object.fromEntries(fields.map(([name, field]) => [name, field(scope)]))
}

/** The placeholders of a value, in their order and without `${` and `}`. */
export const placeholdersOf = (value: unknown): string[] => {
  if (typeof value === 'string')
    return [...value.matchAll(PLACEHOLDER)].flatMap(([, literal, name = '']) =>
      literal === undefined ? [name] : [],
    )
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(placeholdersOf)
}

/** How to fill in a placeholder, by its name; undefined if it is unknown. */
export const placeholder = (name: string): Template | undefined => {
  if (name === 'user') return ({ user }) => user
  if (name === 'iteration') return ({ iteration }) => iteration
  if (name === 'uuid') return ({ uuid }) => uuid()
  const [source = '', key = '', ...rest] = name.split('.')
  const path = rest.join('.')
  if (source === 'data' && key !== '') return (scope) => valueAt(pickedRow(scope, key), path)
  if (source === 'captured' && key !== '') return ({ captured }) => valueAt(captured[key], path)
  return numbered(name)
}

const hasPlaceholder = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('${')
  return typeof value === 'object' && value !== null && Object.values(value).some(hasPlaceholder)
}

const numbered = (name: string): Template | undefined => {
  const [, digits] = /^user\((\d{1,2})\)$/.exec(name) ?? []
  if (digits !== undefined) return ({ user }) => String(user).padStart(Number(digits), '0')
  const [, least, most] = /^random\((-?\d{1,15}), ?(-?\d{1,15})\)$/.exec(name) ?? []
  if (least === undefined || most === undefined) return undefined
  const count = Number(most) - Number(least) + 1
  return count < 1 ? undefined : ({ random }) => Number(least) + Math.floor(random() * count)
}

// One row for the whole iteration, so that its fields belong together.
const pickedRow = ({ lists, picked, random }: TemplateScope, list: string): unknown => {
  const rows = lists[list] ?? []
  if (!Object.hasOwn(picked, list)) picked[list] = nth(rows, Math.floor(random() * rows.length))
  return picked[list]
}

const textTemplate = (text: string): Template => {
  const parts: (string | Template)[] = []
  let end = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, literal, name = ''] = match
    if (literal === undefined && whole === text) return known(name)
    parts.push(text.slice(end, match.index), literal ?? known(name))
    end = match.index + whole.length
  }
  parts.push(text.slice(end))
  return (scope) =>
    parts.map((part) => (typeof part === 'string' ? part : asText(part(scope)))).join('')
}

const known = (name: string): Template => {
  const found = placeholder(name)
  if (found) return found
  throw new Error(`Expected a placeholder such as \${user}, got "\${${name}}"`)
}

/** A value within a text: objects as JSON, anything else as by String(). */
export const asText = (value: unknown): string => {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
