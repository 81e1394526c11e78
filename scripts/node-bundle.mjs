// esbuild's options for what runs in Node: the command line (scripts/start.mjs) and the tests (tests/run.mjs).
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

export const nodeBundle = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // A command must not pay for the packages of another one: dynamic imports stay dynamic.
  splitting: true,
  packages: 'external',
  sourcemap: 'inline',
  outExtension: { '.js': '.mjs' },
  define: { 'import.meta.url': 'ownUrl', 'import.meta.dirname': 'ownFolder' },
  plugins: [{ name: 'own-place', setup: keepOwnPlace }],
  logLevel: 'error',
}

// A bundled file must still find what lies beside its source. What is defined stays in the first line, so that line
// numbers are those of the source.
function keepOwnPlace({ onLoad }) {
  onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8')
    const [url, folder] = [pathToFileURL(path).href, dirname(path)].map((place) =>
      JSON.stringify(place),
    )
    const own = text.includes('import.meta.')
      ? `const ownUrl = ${url}, ownFolder = ${folder}; `
      : ''
    return { contents: own + text, loader: path.endsWith('.ts') ? 'ts' : 'js' }
  })
}
