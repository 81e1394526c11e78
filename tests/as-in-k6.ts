// Init code that k6 takes, and some that it does not.
import type { WrittenWorkload } from './written-workload.ts'

/** The beginning of an operation's check. */
export const SEND = "check(session.send(ITEM, undefined, { params: { id: '1' } }), "

/** A workload that passes. */
export interface Accepted extends WrittenWorkload {
  title: string
  env?: Record<string, string>
}

export const ACCEPTED: Accepted[] = [
  {
    title: 'new Client() in init code',
    init: "import { Client } from 'k6/net/grpc'\nconst client = new Client()\nvoid client",
    run: `${SEND} { ok: ({ status }) => status === 200 })`,
  },
  {
    title: 'a guard on a variable that is set',
    init: "if (!__ENV.MY_KEY) throw new Error('MY_KEY is missing')",
    run: `${SEND} { ok: () => __ENV.MY_KEY === 'k-1' })`,
    env: { MY_KEY: 'k-1' },
  },
  {
    title: 'a guard on the target',
    init: "if (!__ENV.BASE_URL) throw new Error('BASE_URL is missing')\nconst base = __ENV.BASE_URL",
    run: `${SEND} { ok: () => base === session.target })`,
  },
  {
    title: 'top-level await of a file beside the workload',
    init: [
      "import { open as openFile } from 'k6/experimental/fs'",
      "const file = await openFile('./data/rows.csv')",
      'const { size } = await file.stat()',
    ].join('\n'),
    run: `${SEND} { ok: () => size === 5 })`,
    files: { 'data/rows.csv': 'id\n7\n' },
  },
  {
    title: 'files by paths that begin at the module that says them',
    init: [
      "import { SharedArray } from 'k6/data'",
      "import { rows } from './data/rows.ts'",
      "const shared = new SharedArray('ids', () => open('./ids.csv').trim().split(','))",
      "const resolved = open(import.meta.resolve('./ids.csv'))",
      "const bytes = open('ids.csv', 'b')",
    ].join('\n'),
    run: `${SEND} { ok: () => rows === 'id\\n7\\n' && shared[1] === '2' && resolved === '1,2' && bytes.byteLength === 3 })`,
    files: {
      'ids.csv': '1,2',
      'data/rows.csv': 'id\n7\n',
      'data/rows.ts': "export const rows: string = open('../data/rows.csv')",
    },
  },
  {
    title: 'a module that has an open() of its own',
    init: 'const open = (door: string): string => `${door} is open`',
    run: `${SEND} { ok: () => open('./x') === './x is open' })`,
  },
  {
    title: 'another scenario of the workload that throws',
    init: '',
    run: `${SEND} { ok: ({ status }) => status === 200 })`,
    files: { 'dashboard.ts': "throw new Error('not today')" },
  },
  {
    title: 'another scenario of the workload that cannot be bundled',
    init: '',
    run: `${SEND} { ok: ({ status }) => status === 200 })`,
    files: { 'dashboard.ts': "import './nowhere.ts'" },
  },
]

/** A workload with a mistake, and what is said of it. */
export interface Refused extends WrittenWorkload {
  title: string
  env?: Record<string, string>
  says: RegExp
}

export const REFUSED: Refused[] = [
  {
    title: 'a guard on a variable that is missing, with its line',
    init: "console.error('looking for it')\nif (!__ENV.MY_KEY) throw new Error('MY_KEY is missing')",
    run: '',
    says: /^error K6V_SCRIPT_THREW: .*Error: MY_KEY is missing\n.*workload\.ts:9/m,
  },
  {
    title: 'an error that holds a secret, without the secret',
    init: 'throw new Error(`no user ${__ENV.SHOP_TOKEN}`)',
    run: '',
    env: { SHOP_TOKEN: 'hunter2-secret' },
    says: /^error K6V_SCRIPT_THREW: .*Error: no user \*\*\*/m,
  },
  {
    title: 'a file that is not there, with the place that names it',
    init: "const rows = open('./rows.csv')",
    run: 'void rows',
    says: /^error K6V_SCRIPT_FILE_MISSING: Expected the file .*rows\.csv, which .*workload\.ts:8 opens/m,
  },
  {
    title: 'a .proto file that is not there',
    init: "import { Client } from 'k6/net/grpc'\nnew Client().load(['.'], 'shop.proto')",
    run: '',
    says: /^error K6V_SCRIPT_FILE_MISSING: Expected the file .*shop\.proto, which .*workload\.ts:9 opens/m,
  },
  {
    title: 'a module of k6 that this k6 does not have',
    init: "import sql from 'k6/x/sql'\nsql.open('x')",
    run: '',
    says: /^error K6V_SC\w+: .*k6\/x\/sql/m,
  },
]
