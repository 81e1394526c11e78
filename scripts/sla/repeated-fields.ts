import { type Problem, quote } from './problem.ts'

/** Strings, signs and ends of lines of JSON; numbers, `true`, `false` and `null` say nothing of fields. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],\n]/g

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
  let line = 1
  // Without recursion, however deep they are nested.
  for (const [token] of text.matchAll(TOKENS)) {
    const inner = open.at(-1)
    if (token === '\n') line += 1
    else if (token === '{' || token === '[') open.push(opened(token === '{', inner))
    else if (token === '}' || token === ']') {
      open.pop()
      if (inner) problems.push(...repeated(inner))
    } else if (token === ',' && inner) {
      inner.expectsName = inner.fields !== undefined
      inner.items += 1
    } else if (token.startsWith('"') && inner?.expectsName) {
      const name = JSON.parse(token) as string
      inner.name = name
      inner.expectsName = false
      inner.fields?.set(name, [...(inner.fields.get(name) ?? []), line])
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
