// Starts a TypeScript program of this project: `node scripts/start.mjs scripts/cli.ts list`.
//
// Node 20 cannot run TypeScript, and a loader that transforms file by file costs more than a second
// before the first line runs. esbuild makes a few files of the whole program in milliseconds.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, 'node_modules', '.cache', 'k6-verdict')

const [entry = '', ...args] = process.argv.slice(2)
const program = await load(join(root, entry))
process.argv = [process.execPath, entry, ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(program).href)

/** Bundles a program and returns the path of its first file. */
async function load(entryPoint) {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    outdir: cache,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // A command must not pay for the packages of another one: dynamic imports stay dynamic.
    splitting: true,
    packages: 'external',
    sourcemap: 'inline',
    outExtension: { '.js': '.mjs' },
    plugins: [{ name: 'own-place', setup: keepOwnPlace }],
    logLevel: 'error',
  })
  return writeOnce(outputFiles, `${basename(entryPoint, '.ts')}.mjs`)
}

// A bundled file must still find what lies beside its source.
function keepOwnPlace({ onLoad }) {
  onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8')
    const contents = text
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      .replaceAll('import.meta.dirname', JSON.stringify(join(path, '..')))
    return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' }
  })
}

// The folder is named for its content and appears in one step: programs that start at the same time
// share it, and none ever sees half a file.
function writeOnce(files, first) {
  const hash = createHash('sha256')
  for (const { text } of files) hash.update(text)
  const folder = join(cache, hash.digest('hex').slice(0, 16))
  if (!existsSync(folder)) {
    const temporary = `${folder}.${process.pid}`
    mkdirSync(temporary, { recursive: true })
    for (const { path, contents } of files) writeFileSync(join(temporary, basename(path)), contents)
    try {
      renameSync(temporary, folder)
    } catch {
      rmSync(temporary, { recursive: true, force: true })
    }
  }
  return join(folder, first)
}
