import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'acorn'
import { topLevelBindings } from './bindings.ts'
import { onlyForInit } from './release-bindings.ts'

function released(script: string): string[] {
  const program = parse(script, { ecmaVersion: 'latest', sourceType: 'module' })
  return onlyForInit(topLevelBindings(program))
}

const RUN = 'export let run = () => made.x;\n'

test('what only the top level uses is let go, and what a function uses that runs later is kept', () => {
  assert.deepEqual(released(`let make = () => ({ x: 1 });\nlet made = make();\n${RUN}`), ['make'])
})

test('so is what only such functions call, however deep', () => {
  const helpers = 'let part = () => 1;\nlet whole = () => ({ x: part() });\nlet made = whole();\n'
  assert.deepEqual(released(`${helpers}${RUN}`), ['part', 'whole'])
})

test('a function that init code calls may give one away that runs later: what that one uses is kept', () => {
  const helpers =
    'let later = () => 1;\nlet make = () => ({ x: () => later() });\nlet made = make();\n'
  assert.deepEqual(released(`${helpers}${RUN}`), ['make'])
})

test('a function that is handed on may be called later: what it uses is kept, its name is not', () => {
  const helpers = 'let used = () => 1;\nlet handed = () => used();\nlet made = { x: handed };\n'
  assert.deepEqual(released(`${helpers}${RUN}`), ['handed'])
})

test('one that calls itself, and two that call each other, are let go like others', () => {
  const itself = 'let walk = (n) => (n > 0 ? walk(n - 1) : { x: 1 });\nlet made = walk(3);\n'
  assert.deepEqual(released(`${itself}${RUN}`), ['walk'])

  const both =
    'let a = (n) => b(n);\nlet b = (n) => (n > 0 ? a(n - 1) : { x: 1 });\nlet made = a(3);\n'
  assert.deepEqual(released(`${both}${RUN}`), ['a', 'b'])
  assert.deepEqual(released(`${both}${RUN}export let more = () => b(1);\n`), [])
})

test('of two that call each other and are called later, what either of them uses is kept', () => {
  const both =
    'let a = (n) => (used(), b(n));\nlet b = (n) => n > 0 && a(n - 1);\nlet made = a(3);\n'
  for (const used of ['let used = () => 1;\n', '']) {
    const later = `export let more = () => b(1);\n${used ? '' : 'let used = () => 1;\n'}`
    assert.deepEqual(released(`${used}${both}${RUN}${later}`), [])
  }
})

test('an asynchronous function goes on after the top level: what it uses is kept', () => {
  const helpers =
    'let used = () => 1;\nlet slow = async () => { await 0; used(); };\nlet made = slow();\n'
  assert.deepEqual(released(`${helpers}${RUN}`), ['slow'])
})

test('exports are kept, and so is a name that a function has too, that is assigned or that is a constant', () => {
  assert.deepEqual(released('let a = () => 1;\nexport { a };\n'), [])
  assert.deepEqual(released('let a = () => 1;\na();\nexport let run = (a) => a;\n'), [])
  assert.deepEqual(released('let a = () => 1;\na = a();\n'), [])
  assert.deepEqual(released('const a = () => 1;\na();\n'), [])
})
