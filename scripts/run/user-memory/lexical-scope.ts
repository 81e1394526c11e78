import type { Program } from 'acorn'

/**
 * Where the top level of a bundle says `var`, as esbuild writes it. k6's engine finds a `let` by its place, a
 * `var` of a module by its name in a map that each virtual user has: it costs 3 KB and a look-up at each use.
 * None where a name is declared twice.
 */
export function varsOfTopLevel({ body }: Program): number[] {
  const names = new Set<string>()
  const places: number[] = []
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') continue
    for (const { id } of statement.declarations) {
      if (id.type !== 'Identifier') continue
      if (names.has(id.name)) return []
      names.add(id.name)
    }
    places.push(statement.start)
  }
  return places
}
