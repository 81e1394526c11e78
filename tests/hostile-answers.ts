// Answers that are HTTP, and not what was asked for: none of them may pass.
import type { ReasonCode } from '../scripts/reasons/reasons.ts'
import { type Behave, response, right, RIGHT_BODY, send, sendBody } from './hostile-server.ts'

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

export const WRONG_ANSWERS: HostileTarget[] = [
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
