import type { AnyNode } from 'acorn'
import { type Binding, isFunction, type Reference } from './bindings.ts'

/**
 * Functions that can be written where they are used: there a user has them while they run, and at the top level
 * always. Only those that are used at one place, which is seldom reached: in a branch, or in a function that is
 * written at such a place itself. Elsewhere each call would make an object of 0.6 KB.
 *
 * @returns each before those that are written inside of it
 */
export function sunkFunctions(bindings: ReadonlyMap<string, Binding>): Binding[] {
  const byFunction = new Map<AnyNode | undefined, Binding>()
  for (const binding of bindings.values()) if (binding.fn) byFunction.set(binding.fn, binding)
  const known = new Map<Binding, boolean>()
  const sunk: Binding[] = []

  const isSunk = (binding: Binding): boolean => {
    const before = known.get(binding)
    if (before !== undefined) return before
    known.set(binding, false)
    const { fn, isExported, references } = binding
    const [use, ...others] = references
    if (!fn || isExported || !use || others.length > 0 || use.functions.length === 0) return false
    const outermost = byFunction.get(use.functions[0])
    if (outermost) isSunk(outermost)
    if (!isSeldom(use)) return false
    known.set(binding, true)
    sunk.push(binding)
    return true
  }
  const isSeldom = (use: Reference): boolean => {
    const around = use.functions.at(-1)
    if (!around) return false
    const owner = byFunction.get(around)
    const inside = use.ancestors.slice(use.ancestors.indexOf(around) + 1)
    if (inside.some(isLoop)) return false
    if (owner && isSunk(owner)) return true
    // One that is called from many places, or by itself, is called often.
    if (owner && owner.references.length > 1) return false
    return [...inside, use.node].some((node, i, path) => isBranch(node, path[i - 1]))
  }

  for (const binding of bindings.values()) isSunk(binding)
  return sunk
}

function isLoop({ type }: AnyNode): boolean {
  return /^(For|While|DoWhile)/.test(type)
}

/** Whether a node is reached only sometimes when the one around it is. */
function isBranch(node: AnyNode, around: AnyNode | undefined): boolean {
  switch (around?.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return node !== around.test
    case 'LogicalExpression':
      return node === around.right
    case 'AssignmentExpression':
      return node === around.right && /^(\?\?|\|\||&&)=$/.test(around.operator)
    case 'CatchClause':
      return true
    case 'BlockStatement':
      return around.body.some((before) => before.end <= node.start && mayReturn(before))
    default:
      return false
  }
}

function mayReturn(node: AnyNode): boolean {
  if (node.type === 'ReturnStatement') return true
  if (isFunction(node)) return false
  return Object.values(node)
    .flat()
    .some((child) => isNode(child) && mayReturn(child))
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value
}
