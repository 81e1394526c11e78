// Targets that mean no good, and what a run on each of them must come to: never a PASS, never a hang.
import { type HostileTarget, WRONG_ANSWERS } from './hostile-answers.ts'
import {
  gzipBomb,
  pour,
  reset,
  response,
  send,
  sendBody,
  right,
  RIGHT_BODY,
  trickle,
} from './hostile-server.ts'

const JSON_BODY = { body: RIGHT_BODY }
const MB = 1_000_000

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
    // Go reads 10 MB of each answer's headers; its collector decides how many copies live (330 MB seen).
    memoryMax: 700e6,
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
  ...WRONG_ANSWERS,
  ...SOUND,
]
