import type { Binding, Reference } from './bindings.ts'

/**
 * Names that only a bundle's init code uses: functions that make what users need, and what it was made of.
 * They can be let go once the script has been evaluated, where each user would keep them for the whole run.
 *
 * Init code is the top level and the body of each function that is only ever called there. Code of a function
 * inside of one of these may run later, so what it uses is kept.
 */
export function onlyForInit(bindings: ReadonlyMap<string, Binding>): string[] {
  const all = [...bindings.values()]
  const byFunction = new Map(all.map((binding) => [binding.fn, binding]))
  // Each is taken for one until something says that it is not: two that call each other need no order then.
  const runInInit = new Set(all.filter(({ fn, isExported }) => fn !== undefined && !isExported))

  const inInit = ({ functions: [outer, inner] }: Reference): boolean => {
    if (!outer) return true
    const owner = byFunction.get(outer as Binding['fn'])
    return owner !== undefined && !inner && runInInit.has(owner)
  }
  let before: number
  do {
    before = runInInit.size
    for (const binding of runInInit) {
      const isInit = binding.references.every((use) => isCall(use) && inInit(use))
      if (!isInit) runInInit.delete(binding)
    }
  } while (runInInit.size < before)

  return all
    .filter(({ declarator }) => declarator.init && declarator.init.type !== 'Literal')
    .filter(({ isExported, references }) => !isExported && references.every(inInit))
    .map(({ name }) => name)
}

function isCall({ node, ancestors }: Reference): boolean {
  const parent = ancestors.at(-1)
  return parent?.type === 'CallExpression' && parent.callee === node
}
