import type {
  AnyNode,
  ArrowFunctionExpression,
  Identifier,
  Program,
  VariableDeclarator,
} from 'acorn'
import { fullAncestor } from 'acorn-walk'

/** A variable of a bundle's top level, which each virtual user has. */
export interface Binding {
  name: string
  declarator: VariableDeclarator
  /** What it is from the start, where that is a function that runs in one go. */
  fn: ArrowFunctionExpression | undefined
  isExported: boolean
  references: Reference[]
}

/** A place that uses it. */
export interface Reference {
  node: Identifier
  /** What it stands in, from the program inwards, without itself. */
  ancestors: AnyNode[]
  /** Those of them that are functions or classes, whose code may run later. */
  functions: AnyNode[]
}

/**
 * The variables of a bundle's top level with all their uses. A name that is declared in a function as well, or
 * twice, is left out: which of them a use means would have to be worked out, and esbuild makes no such names.
 */
export function topLevelBindings(program: Program): Map<string, Binding> {
  const bindings = new Map<string, Binding>()
  const unclear = new Set<string>()
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind === 'const') continue
    for (const declarator of statement.declarations) {
      if (declarator.id.type !== 'Identifier') continue
      const { name } = declarator.id
      if (bindings.has(name)) unclear.add(name)
      bindings.set(name, bindingOf(name, declarator))
    }
  }
  for (const name of exportedNames(program)) {
    const binding = bindings.get(name)
    if (binding) binding.isExported = true
  }
  // eslint-disable-next-line max-params -- the walker's
  fullAncestor(program, (node, _, ancestors, type) => {
    if (node.type !== 'Identifier') return
    const binding = bindings.get(node.name)
    if (!binding || node === binding.declarator.id) return
    // Declared or assigned somewhere.
    if (type === 'VariablePattern') unclear.add(node.name)
    const around = ancestors.slice(0, ancestors.lastIndexOf(node))
    binding.references.push({ node, ancestors: around, functions: around.filter(isFunction) })
  })
  for (const name of unclear) bindings.delete(name)
  return bindings
}

function bindingOf(name: string, declarator: VariableDeclarator): Binding {
  const { init } = declarator
  const fn = init?.type === 'ArrowFunctionExpression' && !init.async ? init : undefined
  return { name, declarator, fn, isExported: false, references: [] }
}

function exportedNames({ body }: Program): string[] {
  return body.flatMap((statement) => {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement
      return declaration.type === 'Identifier' ? [declaration.name] : []
    }
    if (statement.type !== 'ExportNamedDeclaration') return []
    return statement.specifiers.map(({ local }) => (local.type === 'Identifier' ? local.name : ''))
  })
}

/** Whether code in it runs at another time than what stands around it. */
export function isFunction(node: AnyNode): boolean {
  return /Function|^Class/.test(node.type)
}
