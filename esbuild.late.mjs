// Modules of lib/ that few VUs ever call. k6 evaluates a script once for each VU, and a function that is there and
// never called costs each of them 0.65 KB: a thousand VUs had 65 MB of what only VU 0 needs. So the bundle has such a
// module, with all that it imports, as the body of one function, which its first call evaluates. The sources stay
// plain modules with plain imports.
import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

/** The code of each, by its path. Made once: a run has several bundles. */
let built

/**
 * @param files absolute paths: they and what they import may keep nothing from one call to the next, as the rest of
 * the bundle would have its own copy of it, and import nothing of k6
 * @param code esbuild options: for which engine it is
 */
export function lateModules(files, code) {
  const names = files.map((path) => basename(path, '.ts')).join('|')
  return {
    name: 'late-modules',
    setup({ onLoad }) {
      onLoad({ filter: new RegExp(`[\\\\/](${names})\\.ts$`) }, async ({ path }) => {
        if (!files.includes(path)) return undefined
        built ??= asFunctions(files, code)
        return { contents: (await built)[path], loader: 'js' }
      })
    },
  }
}

async function asFunctions(files, code) {
  const { outputFiles } = await build({
    ...code,
    entryPoints: files,
    bundle: true,
    write: false,
    outdir: '/',
    sourcemap: 'inline',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    globalName: 'module',
    banner: { js: 'const evaluate = () => {' },
    footer: { js: 'return module }\nlet known' },
  })
  const textOf = (path) =>
    outputFiles.find((file) => basename(file.path, '.js') === basename(path, '.ts')).text
  const texts = files.map(async (path) => [path, textOf(path) + (await calls(path))])
  return Object.fromEntries(await Promise.all(texts))
}

async function calls(path) {
  const source = await readFile(path, 'utf8')
  const exported = [...source.matchAll(/^export (?:const (\w+)|\{ ([\w, ]+) \} from)/gm)]
  const names = exported.flatMap(([, name, list]) => list?.split(', ') ?? name)
  return names.map(called).join('\n')
}

const called = (name) =>
  `export const ${name} = (...given) => (known ??= evaluate()).${name}(...given)`
