import { parse } from 'acorn'

/**
 * Declares the top level of a bundle with `let` where esbuild writes `var`. k6's engine finds such a
 * variable by its place, a `var` of a module by its name in a map that each virtual user has: it costs
 * 3 KB and a look-up at each use. The text stays as long as it was, so a source map stays true. A script
 * that declares a name twice is returned as it is.
 */
export function withLexicalScope(script: string): string {
  const { body } = parse(script, { ecmaVersion: 'latest', sourceType: 'module' })
  const names = new Set<string>()
  let result = ''
  let done = 0
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') continue
    for (const { id } of statement.declarations) {
      if (id.type !== 'Identifier') continue
      if (names.has(id.name)) return script
      names.add(id.name)
    }
    result += `${script.slice(done, statement.start)}let`
    done = statement.start + 'var'.length
  }
  return result + script.slice(done)
}
