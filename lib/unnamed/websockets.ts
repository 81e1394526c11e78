// In place of k6/websockets for workloads (esbuild.config.mjs): a connection without a name is named without its query.
import { Blob, WebSocket as K6WebSocket } from 'k6/websockets'
import { withName } from './name-of-url.ts'

export { Blob }

/** k6's own, which a class of the script cannot extend; to be called with `new`. */
export const WebSocket = function (url: string, protocols: unknown, params: unknown): K6WebSocket {
  return new K6WebSocket(url, (protocols ?? null) as never, withName(url, params) as never)
}
