// One secret in every way in, and a look at every byte that a run writes, prints, pushes and starts processes with.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { openDatabase, pathLiteral } from '../scripts/samples/sample-database.ts'
import { type CliResult, readManifest, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'
import { type SecretServer, startSecretServer } from './secret-server.ts'
import { startCli } from './start-cli.ts'

/** Begins every secret. */
const MARK = 'S3KRET'
const KEY = `${MARK}-key`

const FIXTURE = 'tests/fixtures/secrets'

const { path: K6_BIN } = await realK6()

interface SecretRun extends CliResult {
  server: SecretServer
  /** What stands in each file that the run could have written, and in one that k6's arguments are in. */
  files: Map<string, string>
}

async function runWithSecrets(
  t: TestContext,
  env: Record<string, string>,
  argsFor: (host: string) => string[] = () => [],
): Promise<SecretRun> {
  const temporary = await mkdtemp(join(tmpdir(), 'k6v-secrets-'))
  t.after(() => rm(temporary, { recursive: true }))
  const { k6, diary } = await k6WithDiary(temporary)
  const server = await startSecretServer(KEY)
  t.after(() => server.close())
  const { host } = server
  const own = ['smoke', '--workload', FIXTURE, '--sla', `${FIXTURE}/sla.json`, '--keep-raw']
  const { results, ended } = await startCli(
    [...own, '--target', `http://${host}`, ...argsFor(host)],
    {
      env: {
        ...{ K6_BIN: k6, TMPDIR: temporary, GITHUB_STEP_SUMMARY: join(temporary, 'summary.md') },
        K6_VERDICT_SLACK_WEBHOOK: `http://${host}/hook/${MARK}-hook`,
        K6_CLOUD_TOKEN: `${MARK}-cloud`,
        ...{ SHOP_KEY: KEY, SHOP_TOKEN: `${MARK}-token` },
        ...env,
      },
    },
  )
  t.after(() => rm(results, { recursive: true }))
  const result = await ended
  const folders = [results, temporary, projectPath('build', 'secrets')]
  assert.match(await readFile(diary, 'utf8'), /^run .*script\.js$/m)
  const files = new Map((await Promise.all(folders.map(filesBelow))).flat())
  return { ...result, server, files }
}

/** A k6 that writes its arguments down, which everybody on a machine can read, and becomes the real one. */
async function k6WithDiary(folder: string): Promise<{ k6: string; diary: string }> {
  const [k6, diary] = [join(folder, 'k6'), join(folder, 'arguments.txt')]
  await writeFile(k6, `#!/bin/sh\necho "$@" >> '${diary}'\nexec '${K6_BIN}' "$@"\n`, {
    mode: 0o755,
  })
  return { k6, diary }
}

/** Path and content of all files; of a table its rows, since they are compressed. */
async function filesBelow(folder: string): Promise<[string, string][]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
  return Promise.all(paths.map(async (path) => [path, await contentOf(path)] as [string, string]))
}

async function contentOf(path: string): Promise<string> {
  if (!path.endsWith('.parquet')) return readFile(path, 'latin1')
  const database = await openDatabase({ temporaryFolder: tmpdir() })
  try {
    return JSON.stringify(await database.rows(`SELECT * FROM read_parquet(${pathLiteral(path)})`))
  } finally {
    database.close()
  }
}

function assertNowhere({ stdout, stderr, files }: SecretRun, secret: string): void {
  assert.ok(!stdout.includes(secret), stdout)
  assert.ok(!stderr.includes(secret), stderr)
  const lines = [...files].flatMap(([path, content]) =>
    content.split('\n').flatMap((line) => (line.includes(secret) ? [`${path}: ${line}`] : [])),
  )
  assert.deepEqual(lines, [])
}

/** Requests that are no part of the API's. */
function pushesOf({ requests }: SecretServer, path: string) {
  return requests.filter(({ url }) => url.startsWith(path))
}

test('secrets of a script, its outputs and its notices are kept, shown and pushed nowhere', async (t) => {
  const run = await runWithSecrets(
    t,
    {
      AUTH_USERNAME: 'ann',
      AUTH_PASSWORD: `${MARK}-password`,
      K6_PROMETHEUS_RW_USERNAME: 'prom',
      K6_PROMETHEUS_RW_PASSWORD: `${MARK}-prom`,
      K6_PROMETHEUS_RW_HTTP_HEADERS: `X-Scope:${MARK}-scope`,
    },
    (host) => [
      ...['--prometheus', `http://${host}/prom/write`],
      ...['--out', `influxdb=http://ann:${MARK}-influx@${host}/k6?consistency=${MARK}-any`],
    ],
  )
  const { server, runs, stdout } = run
  const basic = Buffer.from(`prom:${MARK}-prom`).toString('base64')

  for (const secret of [MARK, basic]) assertNowhere(run, secret)
  const { endpoints, verdict } = await verdictOf(runs[0])
  const base = `http://${server.host}`
  const own = ['GET /me', 'own name', 'http://127.0.0.1:9/closed', '${}/template']
  const paths = ['get', 'by-name', 'post', 'request', 'moved', 'batch', 'batch/list']
  const unnamed = [...paths, 'batch/object', 'batch/named'].map((path) => `${base}/${path}`)
  assert.deepEqual(endpoints.map(({ endpoint }) => endpoint).sort(), [...own, ...unnamed].sort())
  const log = run.files.get(join(runs[0] ?? '', 'k6.log')) ?? ''
  assert.match(log, /Request Failed.*127\.0\.0\.1:9\/closed\?key=\*\*\*/)
  assert.match(log, /no host\/\?key=\*\*\*/)
  assert.match(log, /\/websockets\?key=\*\*\*/)
  const { command } = await readManifest(runs[0] ?? '')
  assert.ok(command.includes(`'influxdb=http://***@${server.host}/k6?consistency=***'`), command)

  const pushed = pushesOf(server, '/prom/')
  assert.ok(pushed.length > 1, stdout)
  for (const { url, headers, body } of pushed) {
    const { authorization, 'x-scope': scope, ...others } = headers
    assert.deepEqual([authorization, scope], [`Basic ${basic}`, `${MARK}-scope`])
    assert.ok(!(url + JSON.stringify(others) + body).includes(MARK), body)
  }
  const [told] = pushesOf(server, '/hook/')
  assert.match(told?.body ?? '', new RegExp(verdict))
  assert.ok(!(JSON.stringify(told?.headers) + (told?.body ?? '')).includes(MARK))
  const written = pushesOf(server, '/write')
  assert.ok(written.length > 0 && !written.some(({ body }) => body.includes(MARK)))
  assert.ok(!server.requests.some((request) => JSON.stringify(request).includes(`${MARK}-cloud`)))
})

test('the names and passwords of a users file, found from the folder of the command, stay in it', async (t) => {
  const folder = projectPath('build', 'secrets-users')
  await mkdir(folder, { recursive: true })
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'users.csv'), `username,password\n${MARK}-ann,${MARK}-word\n`)
  const run = await runWithSecrets(t, { AUTH_USERS_FILE: 'build/secrets-users/users.csv' })

  assertNowhere(run, MARK)
  const [logIn] = pushesOf(run.server, '/login')
  assert.deepEqual(JSON.parse(logIn?.body ?? ''), {
    username: `${MARK}-ann`,
    password: `${MARK}-word`,
  })
})
