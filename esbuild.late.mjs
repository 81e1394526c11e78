// Modules of lib/ that few VUs ever call. k6 evaluates a script once for each VU, and a function that is there and
// never called costs each of them 0.65 KB: a thousand VUs had 65 MB of what only VU 0 needs. So the bundle has such a
// module, with all that it imports, as the body of one function, which its first call evaluates. The sources stay
// plain modules with plain imports.
import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'

/** A build takes 10 ms, and a run has several bundles. */
const built = new Map()

/**
 * @param files absolute paths: they and what they import may keep nothing from one call to the next, as the rest of
 * the bundle would have its own copy of it, and import nothing of k6
 * @param code esbuild options: for which engine it is
 */
export function lateModules(files, code) {
  return {
    name: 'late-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!files.includes(path)) return undefined
        if (!built.has(path)) built.set(path, asFunction(path, code))
        return { contents: await built.get(path), loader: 'js' }
      })
    },
  }
}

async function asFunction(path, code) {
  const source = await readFile(path, 'utf8')
  const exported = [...source.matchAll(/^export (?:const (\w+)|\{ ([\w, ]+) \} from)/gm)]
  const names = exported.flatMap(([, name, list]) => list?.split(', ') ?? name)
  const { outputFiles } = await build({
    ...code,
    entryPoints: [path],
    bundle: true,
    write: false,
    sourcemap: 'inline',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    globalName: 'module',
    banner: { js: 'const evaluate = () => {' },
    footer: { js: ['return module }', 'let known', ...names.map(called)].join('\n') },
  })
  return outputFiles[0].text
}

const called = (name) =>
  `export const ${name} = (...given) => (known ??= evaluate()).${name}(...given)`
