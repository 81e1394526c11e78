import { tokenizer } from 'acorn'
import { type Problem, quote } from './problem.ts'

const TOKENS = { ecmaVersion: 'latest', locations: true } as const

/** An object or a list that is open while the text is read. */
interface Open {
  path: string
  /** Lines of each field of an object; a list has its items counted. */
  fields: Map<string, number[]> | undefined
  items: number
  /** The next text is the name of a field. */
  expectsName: boolean
  name: string
}

/**
 * Fields that stand twice in one object, with their lines: `JSON.parse` takes the last one and says nothing.
 *
 * @param text that `JSON.parse` has accepted
 */
export function repeatedFields(text: string): Problem[] {
  const problems: Problem[] = []
  const open: Open[] = []
  // JSON is made of JavaScript's tokens, and reading these needs no recursion however deep they are nested.
  for (const { type, start, end, loc } of tokenizer(text, TOKENS)) {
    const inner = open.at(-1)
    if (type.label === '{' || type.label === '[') {
      open.push(opened(type.label === '{', inner))
    } else if (type.label === '}' || type.label === ']') {
      open.pop()
      if (inner) problems.push(...repeated(inner))
    } else if (type.label === ',' && inner) {
      inner.expectsName = inner.fields !== undefined
      inner.items += 1
    } else if (type.label === 'string' && inner?.expectsName) {
      const name = JSON.parse(text.slice(start, end)) as string
      inner.name = name
      inner.expectsName = false
      inner.fields?.set(name, [...(inner.fields.get(name) ?? []), loc?.start.line ?? 0])
    }
  }
  return problems
}

function opened(isObject: boolean, outer: Open | undefined): Open {
  const path = outer ? placeIn(outer) : ''
  const fields = isObject ? new Map<string, number[]>() : undefined
  return { path, fields, items: 0, expectsName: isObject, name: '' }
}

function placeIn({ path, fields, items, name }: Open): string {
  if (!fields) return `${path}[${items}]`
  return path === '' ? name : `${path}.${name}`
}

function repeated(object: Open): Problem[] {
  return [...(object.fields ?? [])].flatMap(([name, lines]) => {
    if (lines.length === 1) return []
    return {
      path: placeIn({ ...object, name }),
      expected: 'one field of this name',
      found: `${quote(name)} on the lines ${lines.join(', ')}`,
      hint: 'Only the last one would count: remove the others.',
    }
  })
}
