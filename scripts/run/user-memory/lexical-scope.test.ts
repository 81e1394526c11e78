import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'acorn'
import { varsOfTopLevel } from './lexical-scope.ts'

for (const { title, script, places } of [
  {
    title: 'each declaration of the top level',
    script: 'import http from "k6/http";\nvar a = 1, b = () => a;\nvar { now } = Date;\n',
    places: [28, 52],
  },
  {
    title: 'none of a text or of a function',
    script: 'var text = `\nvar x = 1;\n`;\nvar f = () => {\n  var x = 1;\n  return x;\n};\n',
    places: [0, 27],
  },
  {
    title: 'nothing where a name is declared twice',
    script: 'var a = 1;\nvar b = 2;\nvar a = 3;\n',
    places: [],
  },
]) {
  test(`finds ${title}`, () => {
    const found = varsOfTopLevel(parse(script, { ecmaVersion: 'latest', sourceType: 'module' }))
    assert.deepEqual(found, places)
    found.forEach((place) => assert.equal(script.slice(place, place + 4), 'var '))
  })
}
