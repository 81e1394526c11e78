import type { Binding, Reference } from './bindings.ts'

/**
 * Names that only a bundle's init code uses: functions that make what users need, and what it was made of.
 * They can be let go once the script has been evaluated, where each user would keep them for the whole run.
 *
 * Init code is the top level and the body of each function that is only ever called there. Code of a function
 * inside of one of these may run later, so what it uses is kept.
 */
export function onlyForInit(bindings: ReadonlyMap<string, Binding>): string[] {
  const byFunction = new Map([...bindings.values()].map((binding) => [binding.fn, binding]))
  const known = new Map<Binding, boolean>()

  const inInit = ({ functions: [outer, inner] }: Reference): boolean => {
    if (!outer) return true
    const owner = byFunction.get(outer as Binding['fn'])
    return owner !== undefined && !inner && runsInInit(owner)
  }
  const runsInInit = (binding: Binding): boolean => {
    const before = known.get(binding)
    if (before !== undefined) return before
    // A function that calls itself is what the others say of it.
    known.set(binding, true)
    const { fn, isExported, references } = binding
    const runs =
      fn !== undefined && !isExported && references.every((use) => isCall(use) && inInit(use))
    known.set(binding, runs)
    return runs
  }

  return [...bindings.values()]
    .filter(({ declarator }) => declarator.init && declarator.init.type !== 'Literal')
    .filter(({ isExported, references }) => !isExported && references.every(inInit))
    .map(({ name }) => name)
}

function isCall({ node, ancestors }: Reference): boolean {
  const parent = ancestors.at(-1)
  return parent?.type === 'CallExpression' && parent.callee === node
}
