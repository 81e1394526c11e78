import assert from 'node:assert/strict'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { test } from 'node:test'
import { transformSync } from 'esbuild'
import { spareMemory } from './spare-memory.ts'

const SOURCE = `
const make = (start: number): { count: number } => ({ count: start })
const state = make(7)
const describe = (count: number): string => {
  const named = (n: number): string => labelled(n)
  return named(count)
}
const labelled = (n: number): string => '#' + n
const failed = (reason: string): never => {
  throw new Error(reason)
}
const shown = (text: string): string => '<' + text + '>'
export const run = (ok: boolean): string => {
  state.count++
  if (!ok) failed('not ok')
  const show = state.count > 100 ? undefined : { shown }
  return show ? show.shown(describe(state.count)) : ''
}
`

function spared() {
  const { code, map } = transformSync(SOURCE, {
    loader: 'ts',
    format: 'esm',
    sourcefile: 'source.ts',
    sourcemap: true,
  })
  return spareMemory({ script: code.replaceAll(/^const/gm, 'var'), sourceMap: map })
}

test('the script does what it did', async () => {
  const { script } = spared()
  const module = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as {
    run: (ok: boolean) => string
  }

  assert.equal(module.run(true), '<#8>')
  assert.equal(module.run(true), '<#9>')
  assert.throws(() => module.run(false), { message: 'not ok' })
})

test('functions are where they are used, with their names for readers, and what made others is let go', () => {
  const { script } = spared()

  assert.match(script, /if \(!ok\) \(\/\* failed \*\/ \(reason\) => {/)
  assert.match(script, /\{ shown: \(\/\* shown \*\/ \(text\) =>/)
  assert.match(script, /\nmake = void 0;/)
  assert.doesNotMatch(script, /\nvar /)
})

test('the source map leads from a function that was moved to its line in the source', () => {
  const { script, sourceMap } = spared()
  const map = new SourceMap(JSON.parse(sourceMap) as SourceMapPayload)
  const lines = script.split('\n')
  const line = lines.findIndex((text) => text.includes('throw new Error'))
  const entry = map.findEntry(line, lines[line]?.indexOf('new Error') ?? 0)

  assert.ok('originalLine' in entry)
  assert.equal(SOURCE.split('\n')[entry.originalLine]?.trim(), 'throw new Error(reason)')
  assert.match(entry.originalSource, /source\.ts$/)
})
