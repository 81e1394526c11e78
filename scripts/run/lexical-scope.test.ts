import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withLexicalScope } from './lexical-scope.ts'

for (const { title, script, result } of [
  {
    title: 'each declaration of the top level',
    script: 'import http from "k6/http";\nvar a = 1, b = () => a;\nvar { now } = Date;\n',
    result: 'import http from "k6/http";\nlet a = 1, b = () => a;\nlet { now } = Date;\n',
  },
  {
    title: 'none of a text or of a function',
    script: 'var text = `\nvar x = 1;\n`;\nvar f = () => {\n  var x = 1;\n  return x;\n};\n',
    result: 'let text = `\nvar x = 1;\n`;\nlet f = () => {\n  var x = 1;\n  return x;\n};\n',
  },
  {
    title: 'nothing where a name is declared twice',
    script: 'var a = 1;\nvar b = 2;\nvar a = 3;\n',
    result: 'var a = 1;\nvar b = 2;\nvar a = 3;\n',
  },
]) {
  test(`changes ${title}`, () => assert.equal(withLexicalScope(script), result))
}
