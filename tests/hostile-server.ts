// A server of raw TCP that is wrong in one way, on 127.0.0.1 only. Whoever asks for / gets a right answer: it is alive.
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

/** What is sent to whom has asked for /usual. */
export type Behave = (socket: Socket, target: { url: string }) => void

export interface HostileServer {
  url: string
  close: () => Promise<void>
}

export interface HostileServerInput {
  behave: Behave
  /** Also without a request, to each connection but the first, which is the toolkit's own look. */
  onConnection?: boolean
  /** Not even that first one gets an answer to /. */
  fromTheStart?: boolean
}

/** Listens on a free port. */
export async function hostileServer({
  behave,
  onConnection = false,
  fromTheStart = false,
}: HostileServerInput): Promise<HostileServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  const target = { url: '' }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Whoever is reset has gone, which is what some of these want.
    socket.on('error', () => undefined)
    const isAlive = ++connections === 1 && !fromTheStart
    if (onConnection && !isAlive) {
      behave(socket, target)
      return
    }
    eachRequest(socket, (path) => {
      if (path === '/' && !fromTheStart) right(socket)
      else behave(socket, target)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: target.url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function eachRequest(socket: Socket, answer: (path: string) => void): void {
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const [, path = ''] = text.split(' ', 2)
      text = text.slice(end + 4)
      answer(path)
    }
  })
}

export const RIGHT_BODY = '{"ok":true,"total":7}'

/** A whole response; a body has its length, unless `headers` say otherwise. */
export function response(
  status: string,
  { headers = [], body = '' }: { headers?: readonly string[]; body?: string | Buffer } = {},
): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  const type = 'Content-Type: application/json'
  const own = (name: string): boolean => headers.some((each) => each.startsWith(name))
  const all = [
    ...(own('Content-Type') ? [] : [type]),
    ...(own('Content-Length') || own('Transfer-Encoding') ? [] : [length]),
    ...headers,
  ]
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\n${all.join('\r\n')}\r\n\r\n`),
    Buffer.from(body),
  ])
}

export function right(socket: Socket): void {
  socket.write(response('200 OK', { body: RIGHT_BODY }))
}

/** Bytes without an end until so many have gone, as fast as they are taken. */
export function pour(socket: Socket, piece: Buffer, bytes: number): void {
  let left = bytes
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= piece.length
      if (!socket.write(piece)) return void socket.once('drain', more)
    }
  }
  more()
}

/** A piece again and again, every so many milliseconds, until the connection is closed. */
export function trickle(socket: Socket, piece: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(piece), everyMs)
  socket.once('close', () => clearInterval(timer))
}

/** Sends the same bytes to everybody. */
export const send =
  (bytes: Buffer | string): Behave =>
  (socket) =>
    void socket.write(bytes)

export const sendBody = (body: string, headers: readonly string[] = []): Behave =>
  send(response('200 OK', { body, headers }))

/** A reset instead of an end. */
export function reset(socket: Socket): void {
  socket.resetAndDestroy()
}

/** Zeros, a thousandth of their size. */
export function gzipBomb(bytes: number): Buffer {
  return gzipSync(Buffer.alloc(bytes))
}
