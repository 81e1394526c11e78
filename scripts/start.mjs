// Starts a TypeScript program of this project: `node scripts/start.mjs scripts/cli.ts list`.
//
// Node 20 cannot run TypeScript, and a loader that transforms file by file costs more than a second
// before the first line runs. esbuild makes a few files of the whole program in milliseconds, and they
// stay until one of their sources changes.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, 'node_modules', '.cache', 'k6-verdict')
const lockFile = join(root, 'package-lock.json')
/** Its folders are imported by name: a new one is a change, too. */
const systems = join(root, 'sandbox', 'systems')

const [entry = '', ...args] = process.argv.slice(2)
const program = await load(join(root, entry))
process.argv = [process.execPath, entry, ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(program).href)

/** Bundles a program, unless none of its files has changed; returns the path of its first file. */
async function load(entryPoint) {
  const known = join(cache, `${createHash('sha256').update(entryPoint).digest('hex')}.json`)
  const last = readKnown(known)
  if (last) return last
  const { build } = await import('esbuild')
  const { nodeBundle } = await import('./node-bundle.mjs')
  const { outputFiles, metafile } = await build({
    ...nodeBundle,
    entryPoints: [entryPoint],
    // As deep as they will lie, for the way from source maps to the sources.
    outdir: join(cache, 'program'),
    write: false,
    metafile: true,
  })
  const first = writeOnce(outputFiles, `${basename(entryPoint, '.ts')}.mjs`)
  // esbuild itself and these files decide what comes out, too.
  const inputs = Object.keys(metafile.inputs).map((input) => join(process.cwd(), input))
  const ours = ['start.mjs', 'node-bundle.mjs'].map((name) => join(root, 'scripts', name))
  writeKnown(known, { first, inputs: [...inputs, ...ours, lockFile, systems] })
  return first
}

/** The program that was made last, if it is still there and made of the same files. */
function readKnown(path) {
  try {
    const { first, stamps } = JSON.parse(readFileSync(path, 'utf8'))
    const isSame = Object.entries(stamps).every(([input, stamp]) => stampOf(input) === stamp)
    return isSame && existsSync(first) ? first : undefined
  } catch {
    return undefined
  }
}

function writeKnown(path, { first, inputs }) {
  const stamps = Object.fromEntries(inputs.map((input) => [input, stampOf(input)]))
  writeFileSync(`${path}.${process.pid}`, JSON.stringify({ first, stamps }))
  renameSync(`${path}.${process.pid}`, path)
}

function stampOf(path) {
  // A copy of the project may come without a lock file.
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats ? `${stats.mtimeMs} ${stats.size}` : 'missing'
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
