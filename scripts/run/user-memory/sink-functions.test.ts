import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'acorn'
import { topLevelBindings } from './bindings.ts'
import { sunkFunctions } from './sink-functions.ts'

function sunk(script: string): string[] {
  const program = parse(script, { ecmaVersion: 'latest', sourceType: 'module' })
  return sunkFunctions(topLevelBindings(program)).map(({ name }) => name)
}

const HELPER = 'let helper = (x) => x + 1;\n'

for (const [where, code] of [
  ['the branch of an if', 'if (x) return helper(x);'],
  ['one of two alternatives', 'return x ? helper(x) : 0;'],
  ['what a condition leads to', 'return x && helper(x);'],
  ['what is made at its first use', 'x ??= helper(x);'],
  ['a catch', 'try { x(); } catch { helper(x); }'],
  ['what stands behind a return', 'if (x) { return; }\nhelper(x);'],
]) {
  test(`a function that is used once is written there: ${where}`, () => {
    assert.deepEqual(sunk(`${HELPER}export let run = (x) => {\n${code}\n};\n`), ['helper'])
  })
}

for (const [why, code] of [
  ['it is reached by each call', 'return helper(x);'],
  ['it is reached by each call, before a return', 'let y = helper(x);\nif (y) return;'],
  ['it is in a loop', 'if (x) for (;;) helper(x);'],
  ['it is one of two uses', 'if (x) helper(x); else helper(0);'],
]) {
  test(`a function stays where it is, as ${why}`, () => {
    assert.deepEqual(sunk(`${HELPER}export let run = (x) => {\n${code}\n};\n`), [])
  })
}

test('a function stays that is exported, assigned, asynchronous or used by init code', () => {
  const run = 'export let run = (x) => x && helper(x);\n'

  assert.deepEqual(sunk(`${HELPER}${run}`), ['helper'])
  assert.deepEqual(sunk(`${HELPER}${run}export { helper };\n`), [])
  assert.deepEqual(sunk(`${HELPER}helper = () => 0;\n${run}`), [])
  assert.deepEqual(sunk(`let helper = async (x) => x;\n${run}`), [])
  assert.deepEqual(sunk(`${HELPER}export let a = 1 && helper(1);\n`), [])
})

test('a function stays in one that is called from many places, or by itself', () => {
  const walk = 'let walk = (x) => x > 0 && (helper(x) || walk(x - 1));\n'

  assert.deepEqual(sunk(`${HELPER}${walk}export let run = (x) => walk(x);\n`), [])
})

test('what one that is written elsewhere uses goes with it, and comes after it', () => {
  const outer = 'let outer = (x) => { helper(x); return () => inner(x); };\nlet inner = () => 0;\n'
  const run = 'export let run = (x) => x && outer(x);\n'

  // What it returns may be called often.
  assert.deepEqual(sunk(`${HELPER}${outer}${run}`), ['outer', 'helper'])
})
