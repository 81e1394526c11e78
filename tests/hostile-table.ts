// Targets that mean no good, and what a run on each of them must come to: never a PASS, never a hang.
import type { ReasonCode } from '../scripts/reasons/reasons.ts'
import {
  type Behave,
  gzipBomb,
  pour,
  reset,
  response,
  right,
  RIGHT_BODY,
  trickle,
} from './hostile-server.ts'

export interface HostileTarget {
  title: string
  behave: Behave
  /** Without a request, too. */
  onConnection?: boolean
  /** Of the command line. */
  args?: readonly string[]
  /** @default 'FAIL' */
  verdict?: 'PASS' | 'INVALID'
  /** One of its reasons. @default 'LIMIT_MISSED', none for a PASS */
  code?: ReasonCode
  /** That k6 has at most, in bytes. @default 400 MB */
  memoryMax?: number
}

const JSON_BODY = { body: RIGHT_BODY }
const MB = 1_000_000

/** Sends the same bytes to everybody. */
const send =
  (bytes: Buffer | string): Behave =>
  (socket) =>
    void socket.write(bytes)

const sendBody = (body: string, headers: readonly string[] = []): Behave =>
  send(response('200 OK', { body, headers }))

const BOMB = gzipBomb(200 * MB)

// Each of the three users may have begun to take one in before the first look.
const OUT_OF_MEMORY = {
  args: ['--max-memory', '250MB'],
  verdict: 'INVALID',
  code: 'GENERATOR_MEMORY_ENDED',
  memoryMax: 1_500 * MB,
} as const

const UNTIL_TIMEOUT: HostileTarget[] = [
  { title: 'takes connections and says nothing', behave: () => undefined },
  {
    title: 'reads nothing',
    behave: (socket) => void socket.pause(),
    onConnection: true,
  },
  {
    title: 'hangs after its headers',
    behave: send('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n'),
  },
  {
    title: 'trickles headers',
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      trickle(socket, 'X-A: b\r\n', 100)
    },
  },
  {
    title: 'trickles a body',
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      trickle(socket, ' ', 100)
    },
  },
  {
    title: 'floods with 1xx',
    behave: (socket) => trickle(socket, 'HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n', 20),
  },
  {
    title: 'says less than its content length',
    behave: send(response('200 OK', { ...JSON_BODY, headers: ['Content-Length: 500'] })),
  },
]

/** Of those that are no good from the start: no load is sent to them. */
export const UNREACHABLE: (Pick<HostileTarget, 'title' | 'behave' | 'onConnection'> & {
  isTls?: boolean
})[] = [
  { title: 'says nothing', behave: () => undefined },
  { title: 'resets each connection', behave: reset, onConnection: true },
  { title: 'trickles headers', behave: (socket) => trickle(socket, 'HTTP/1.1 200 OK\r\nX: ', 100) },
  { title: 'sends no HTTP', behave: send('SSH-2.0-OpenSSH_9.9\r\n') },
  { title: 'speaks no TLS on its https:// URL', behave: right, onConnection: true, isTls: true },
]

const BROKEN: HostileTarget[] = [
  { title: 'resets each connection', behave: reset, onConnection: true },
  {
    title: 'resets in the middle of a body',
    behave: (socket) => {
      socket.write(response('200 OK', { body: '{"ok":', headers: ['Content-Length: 500'] }), () =>
        reset(socket),
      )
    },
  },
  {
    title: 'ends in the middle of a body',
    behave: (socket) =>
      void socket.end(response('200 OK', { ...JSON_BODY, headers: ['Content-Length: 500'] })),
  },
  {
    title: 'says more than its content length',
    behave: send(response('200 OK', { ...JSON_BODY, headers: ['Content-Length: 5'] })),
  },
  {
    title: 'sends two content lengths',
    behave: send(
      response('200 OK', { ...JSON_BODY, headers: ['Content-Length: 5', 'Content-Length: 9'] }),
    ),
  },
  {
    title: 'sends garbage for chunks',
    behave: sendBody('ZZZZ\r\n{"ok":true}\r\n', ['Transfer-Encoding: chunked']),
  },
  {
    title: 'sends an endless chunk size',
    behave: sendBody('FFFFFFFFFFFFFFFFFF\r\n', ['Transfer-Encoding: chunked']),
  },
  { title: 'sends no HTTP', behave: send('SSH-2.0-OpenSSH_9.9\r\n') },
  {
    title: 'sends a status that is no number',
    behave: send('HTTP/1.1 OK 200\r\n\r\n'),
  },
  {
    title: 'speaks TLS to those who do not',
    behave: send(Buffer.from('150301000202 28'.replaceAll(' ', ''), 'hex')),
  },
  {
    title: 'switches protocols',
    behave: send(
      'HTTP/1.1 101 \u009b2J\u009b31m\u202Egone\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    ),
    verdict: 'INVALID',
    code: 'SCRIPT_THREW',
  },
]

const BOMBS: HostileTarget[] = [
  {
    title: 'sends 200 MB',
    behave: (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${200 * MB}\r\n\r\n`)
      pour(socket, Buffer.alloc(MB, 0x20), 200 * MB)
    },
    ...OUT_OF_MEMORY,
  },
  {
    title: 'sends a gzip bomb of 200 MB',
    behave: send(response('200 OK', { body: BOMB, headers: ['Content-Encoding: gzip'] })),
    ...OUT_OF_MEMORY,
  },
  {
    title: 'sends a gzip bomb of 200 MB to two k6',
    behave: send(response('200 OK', { body: BOMB, headers: ['Content-Encoding: gzip'] })),
    ...OUT_OF_MEMORY,
    args: ['--max-memory', '300MB', '--instances', '2'],
  },
  {
    title: 'sends headers without an end',
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      pour(socket, Buffer.from(`X-A: ${'a'.repeat(100_000)}\r\n`), 100 * MB)
    },
  },
  {
    title: 'sets a thousand cookies of 1 KB',
    behave: sendBody(
      '{}',
      Array.from({ length: 1_000 }, (_, index) => `Set-Cookie: c${index}=${'x'.repeat(1_000)}`),
    ),
  },
]

const WRONG: HostileTarget[] = [
  { title: 'sends no body', behave: sendBody('') },
  {
    title: 'sends 204 with a body',
    behave: send(response('204 No Content', JSON_BODY)),
  },
  {
    title: 'sends 304 to whom has nothing',
    behave: send(response('304 Not Modified')),
  },
  { title: 'sends half of a JSON', behave: sendBody('{"ok":true,"tot') },
  {
    title: 'sends JSON of 10,000 levels',
    behave: sendBody(`{"ok":true,"total":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
  },
  {
    title: 'sends a number of a thousand digits',
    behave: sendBody(`{"ok":true,"total":${'9'.repeat(1_000)}}`),
  },
  { title: 'sends NUL bytes', behave: sendBody('\0'.repeat(500)) },
  {
    title: 'sends no UTF-8',
    behave: send(response('200 OK', { body: Buffer.alloc(200, 0xff) })),
  },
  {
    title: 'sends the page of a log-in',
    behave: sendBody('<!doctype html><title>Log in</title>', ['Content-Type: text/html']),
  },
  {
    title: 'sends what it says is gzip, and is not',
    behave: sendBody(RIGHT_BODY, ['Content-Encoding: gzip']),
  },
  {
    title: "sends a cache's answer to somebody else",
    behave: sendBody('{"items":[]}', ['Age: 86400', 'X-Cache: HIT']),
  },
  {
    title: 'redirects to itself',
    behave: (socket, { url }) =>
      void socket.write(response('302 Found', { headers: [`Location: ${url}/usual`] })),
  },
  {
    title: 'redirects to another origin',
    behave: send(response('302 Found', { headers: ['Location: http://127.0.0.1:1/usual'] })),
  },
  {
    title: 'says control characters for a status',
    behave: send(response('500 \u001b[2J\u001b]0;owned\u0007\u009b31m\u202E\u007f', JSON_BODY)),
  },
  {
    title: 'answers after 400 ms',
    behave: (socket) => void setTimeout(() => right(socket), 400),
    code: 'MISSED_BY_FEW',
  },
]

/** What is no fault of a target. */
const SOUND: HostileTarget[] = [
  { title: 'answers', behave: right, verdict: 'PASS' },
  {
    title: 'answers and closes each connection',
    behave: (socket) =>
      void socket.end(response('200 OK', { ...JSON_BODY, headers: ['Connection: close'] })),
    verdict: 'PASS',
  },
]

export const HOSTILE_TARGETS: HostileTarget[] = [
  ...UNTIL_TIMEOUT,
  ...BOMBS,
  ...BROKEN,
  ...WRONG,
  ...SOUND,
]
