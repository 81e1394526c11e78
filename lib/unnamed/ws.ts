// In place of k6/ws for workloads (esbuild.config.mjs): a connection without a name is named without its query.
import ws from 'k6/ws'
import { withName } from './name-of-url.ts'

export const connect = (url: string, ...rest: unknown[]): unknown => {
  const callback = rest[rest.length - 1]
  const params = rest.length > 1 ? rest[0] : undefined
  return ws.connect(url, (withName(url, params) ?? null) as never, callback as never)
}

export default { connect }
