// docs/add-your-api.md, word for word: its files in a copy of the project, its commands on a real API.
import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { execa } from 'execa'
import { commandsIn, documents } from './documents.ts'
import { realK6 } from './k6.ts'
import { copyProject } from './project-copy.ts'

const text = documents().find(({ file }) => file === join('docs', 'add-your-api.md'))?.text ?? ''
const files = [...text.matchAll(/^`([^`]+)`:\n\n```\w+\n([^]*?)```/gm)]

let folder: string
let server: Server

before(async () => {
  folder = await copyProject()
  for (const [, path = '', content = ''] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  server = await startShop()
})
after(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test('the page has a workload, its operations and its service levels', () => {
  assert.deepEqual(
    files.map(([, path]) => path),
    ['workloads/orders/workload.ts', 'workloads/orders/orders.ts', 'thresholds/orders.json'],
  )
})

test('its scripts have no type errors', async () => {
  const { exitCode, stdout } = await execa('npx', ['tsc', '-p', 'tsconfig.json'], {
    cwd: folder,
    reject: false,
  })
  assert.equal(exitCode, 0, stdout)
})

const commands = commandsIn(text).filter((command) => command.includes('--workload orders'))

for (const command of commands) {
  test(command, async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const isSmoke = command.includes(' smoke ')
    const small = isSmoke ? '' : ' --users 30 --duration 3s --time-scale 0.02'
    const { path } = await realK6()
    const { exitCode, stdout, stderr } = await execa(
      command.replace('http://127.0.0.1:8080', url) + small,
      { cwd: folder, shell: true, reject: false, env: { K6_BIN: path, NO_COLOR: '1' } },
    )

    assert.equal(exitCode, 0, stdout + stderr)
    assert.match(stdout, /^PASS {2}\w+ on orders/m)
    assert.match(stdout, /^answers-correct .* PASS/m)
    assert.match(stdout, /^GET \/orders\/:id +\d/m)
  })
}

/** The shop of the page, as small as it can be. */
async function startShop(): Promise<Server> {
  const shop = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(JSON.stringify({ id: request.url?.split('/').at(-1), items: 1 }))
      return
    }
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const { items } = JSON.parse(body) as { items: number }
      response.writeHead(201).end(JSON.stringify({ id: 'new', items }))
    })
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  return shop
}
