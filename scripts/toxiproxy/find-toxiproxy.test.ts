import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { projectPath } from '../core/project.ts'
import { findToxiproxy, TOXIPROXY_VERSION } from './find-toxiproxy.ts'

const program = (version: string): string =>
  `#!/bin/sh\necho 'toxiproxy-server version ${version}'\n`

/** A go that puts a file of ours where the compiler would put its binary: its 8th argument. */
const goThatMakes = (path: string): string =>
  `#!/bin/sh\n[ "$1" = version ] && echo 'go version go1.26.8 linux/amd64' && exit\n` +
  `export PATH='${process.env['PATH']}'; cp '${path}' "$8"\n`

test('the one on PATH is used', async (t) => {
  const { bin, context, said } = await bareMachine(t, { env: {} })
  const path = await writeProgram(join(bin, 'toxiproxy-server'), program('2.5.0'))

  assert.equal(await findToxiproxy(context), path)
  assert.deepEqual(said, [])
})

test('else it is built once, and kept beside k6', async (t) => {
  const { bin, context, cached, said } = await bareMachine(t, { env: {} })
  const made = await writeProgram(join(bin, '../made'), program(TOXIPROXY_VERSION))
  await writeProgram(join(bin, 'go'), goThatMakes(made))

  const path = await findToxiproxy(context)
  assert.equal(await findToxiproxy(context), path)
  assert.deepEqual(await cached(), [
    `toxiproxy-${TOXIPROXY_VERSION}-${context.platform}-${context.arch}`,
  ])
  assert.deepEqual(said, [
    `building toxiproxy ${TOXIPROXY_VERSION} from source with go1.26.8, once`,
  ])
})

test('one of another version than the pinned one is not kept', async (t) => {
  const { bin, context, cached } = await bareMachine(t, { env: {} })
  const made = await writeProgram(join(bin, '../made'), program('2.0.0'))
  await writeProgram(join(bin, 'go'), goThatMakes(made))

  await assert.rejects(findToxiproxy(context), {
    code: 'K6V_TOXIPROXY_UNAVAILABLE',
    message: /it is 2\.0\.0, not 2\.12\.0/,
  })
  assert.deepEqual(await cached(), [])
})

test('without Go there is none, and the message says what helps', async (t) => {
  const { context } = await bareMachine(t, { env: {} })
  await assert.rejects(findToxiproxy(context), {
    code: 'K6V_TOXIPROXY_UNAVAILABLE',
    message: /there is no go on PATH/,
    hint: /Install Go/,
  })
})

test('what the compiler says against it is reported', async (t) => {
  const { bin, context, cached } = await bareMachine(t, { env: {} })
  const go = `#!/bin/sh\n[ "$1" = version ] && echo 'go version go1.26.8 x/y' && exit\necho 'no such module' >&2; exit 1\n`
  await writeProgram(join(bin, 'go'), go)

  await assert.rejects(findToxiproxy(context), { message: /go build failed: no such module/ })
  assert.deepEqual(await cached(), [])
})

test('tools/toxiproxy pins the same version', async () => {
  const goMod = await readFile(projectPath('tools', 'toxiproxy', 'go.mod'), 'utf8')
  assert.match(goMod, new RegExp(`github.com/Shopify/toxiproxy/v2 v${TOXIPROXY_VERSION} `))
  assert.match(goMod, /^tool github\.com\/Shopify\/toxiproxy\/v2\/cmd\/server$/m)
})
